//! Is anything lost where a file cannot be saved as it should: on a full disk, while another program holds it, beside a lock
//! left by a crash, with a clock that was set back? Each is told, the file keeps what it had, and saving again does it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::notice::Notice;
use sotplan::app::session::Session;
use sotplan::geometry::LonLat;
use sotplan::io::project_file;
use sotplan::lang::{Lang, Said as _};
use sotplan::model::{Project, TrialId, TrialPoint};

use crate::commands::start;

/// The project that is saved on a full disk.
const PROJECT: &str = "SOTPLAN_FULL_DISK";

fn opened(path: &Path) -> Session {
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-11-29".into() }, None);
    session.open_project(path.to_owned(), false);
    session.settle();
    assert_eq!(session.path.as_deref(), Some(path));
    session.notices.clear();
    session
}

fn put(session: &mut Session, number: u32, name: &str) {
    let trial = TrialPoint { id: TrialId(number), name: name.into(), place: LonLat::new(14.0, 63.0) };
    session.edit(Command::AddTrial(trial), None);
}

fn save(session: &mut Session, path: &Path) {
    session.save(path.to_owned());
    session.settle();
}

fn names(path: &Path) -> Vec<String> {
    let saved = project_file::open(path).expect("a readable file");
    let project: Project = saved.into_project(Vec::new(), Vec::new());
    project.trials.iter().map(|trial| trial.name.chars().take(20).collect()).collect()
}

fn told(session: &Session) -> Vec<String> {
    let errors = session.notices.iter().filter(|notice| matches!(notice, Notice::Io(_)));
    errors.map(|notice| notice.said(Lang::Sv)).collect()
}

/// What is saved where no file may become larger than it is.
#[test]
#[ignore = "run by the test below, in a process of its own that may write no large file"]
fn somebody_saves_on_a_full_disk() {
    let Some(path) = std::env::var_os(PROJECT).map(PathBuf::from) else { return };
    let mut session = opened(&path);
    // Far more than fits.
    put(&mut session, 1, &"Mycket text ".repeat(2_000_000));
    save(&mut session, &path);
    assert!(session.has_unsaved_edits(), "nothing is said to be saved");
    let told = told(&session);
    assert!(matches!(told.as_slice(), [one] if one.contains("full")), "{told:?}");
    // Room is made: the same work is saved.
    session.undo();
    put(&mut session, 2, "Får plats");
    save(&mut session, &path);
    assert!(!session.has_unsaved_edits());
}

/// A limit on the size of files does to a save what a full disk does, and needs no disk.
#[test]
#[cfg(unix)]
fn a_full_disk_is_told_and_the_file_keeps_what_it_had() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("full å.gpkg");
    let mut project = start();
    project.trials = Arc::new(Vec::new());
    project_file::save(&path, &project).expect("a save");
    // Room for the tables of results, in blocks of 512 bytes; the signal of the limit is not to end the program.
    let script = "trap '' XFSZ; ulimit -f 20000; exec \"$0\" \"$@\"";
    let run = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(std::env::current_exe().expect("this test"))
        .args(["faults::somebody_saves_on_a_full_disk", "--exact", "--ignored", "--test-threads=1"])
        .env(PROJECT, &path)
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
    assert_eq!(names(&path), ["Får plats"]);
    // Nothing of the save that failed lies beside it.
    let left = std::fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["full å.gpkg"]);
}

#[test]
fn a_file_that_another_program_writes_is_told_and_saved_when_it_is_free() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("i qgis.gpkg");
    let mut project = start();
    project.trials = Arc::new(Vec::new());
    project_file::save(&path, &project).expect("a save");
    let mut session = opened(&path);
    put(&mut session, 1, "Ny");
    // As QGIS holds it while a layer is edited.
    let other = Connection::open(&path).expect("a database");
    other
        .execute_batch("BEGIN IMMEDIATE; CREATE TABLE qgis (note TEXT); INSERT INTO qgis VALUES ('ny rad')")
        .expect("a lock");
    save(&mut session, &path);
    assert!(session.has_unsaved_edits(), "nothing is said to be saved");
    let said = told(&session);
    assert!(matches!(said.as_slice(), [one] if one.contains("ett annat program använder den")), "{said:?}");
    assert!(names(&path).is_empty(), "it can be read meanwhile");
    other.execute_batch("COMMIT").expect("freed");
    save(&mut session, &path);
    assert!(!session.has_unsaved_edits());
    assert_eq!(names(&path), ["Ny"]);
    let kept: String = other.query_row("SELECT note FROM qgis", [], |row| row.get(0)).expect("its table");
    assert_eq!(kept, "ny rad");
}

#[test]
fn a_lock_left_by_a_crash_stands_in_nobodys_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("p.gpkg");
    project_file::save(&path, &start()).expect("a save");
    let lock = folder.path().join("p.gpkg.sotplan-lock");
    std::fs::write(&lock, r#"{"who":"Nils","computer":"gone","since":"2020-01-01T00:00:00"}"#)
        .expect("written");
    let mut session = opened(&path);
    assert!(!session.notices.iter().any(|notice| matches!(notice, Notice::OpenElsewhere(_))));
    put(&mut session, 41, "Ny");
    save(&mut session, &path);
    assert!(!session.has_unsaved_edits() && names(&path).contains(&"Ny".to_owned()));
    drop(session);
    assert!(!lock.exists());
}

#[test]
fn a_clock_that_is_set_back_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let rescue = folder.path().join("rescue");
    let path = folder.path().join("p.gpkg");
    let mut project = start();
    project.trials = Arc::new(Vec::new());
    project_file::save(&path, &project).expect("a save");
    let is_back = Arc::new(AtomicBool::new(false));
    let clock = Arc::clone(&is_back);
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-11-29".into() }, Some(&rescue));
    session.log_by(Arc::new(move || {
        let year = if clock.load(Ordering::Relaxed) { "1999" } else { "2026" };
        format!("{year}-11-29T10:00:00+01:00")
    }));
    session.log_as("Eva Ek");
    session.open_project(path.clone(), false);
    session.settle();
    put(&mut session, 1, "Före");
    save(&mut session, &path);
    is_back.store(true, Ordering::Relaxed);
    put(&mut session, 2, "Efter");
    // The time that frames are counted in goes back too.
    for now in [1_000.0, 1_002.0, 3.0, 5.0] {
        session.tick(now);
    }
    let rescued = rescue.join("rescue-1.gpkg");
    for _ in 0..2_000 {
        if rescued.exists() && project_file::origin(&rescued).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert_eq!(names(&rescued), ["Före", "Efter"]);
    save(&mut session, &path);
    assert!(!session.has_unsaved_edits() && told(&session).is_empty());
    assert_eq!(names(&path), ["Före", "Efter"]);
    // The log keeps the order in which things were done, whatever the clock said.
    let years_of = |session: &Session| -> Vec<String> {
        session.project().log.iter().map(|entry| entry.at[..4].to_owned()).collect()
    };
    let years = years_of(&session);
    assert_eq!(years, ["2026", "1999"]);
    drop(session);
    let again = years_of(&opened(&path));
    assert_eq!(again, years);
}
