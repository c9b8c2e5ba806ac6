//! Is work safe when the program is killed at any moment, while it saves too? Never an unreadable file, never more than the
//! last two seconds lost. A few times in every test run; `benches/crashes.sh` does it 500 times.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::session::Session;
use sotplan::geometry::LonLat;
use sotplan::io::project_file;
use sotplan::lang::Lang;
use sotplan::model::{Project, TrialId, TrialPoint};
use sotplan::random::Random;

/// The folder that the program which is killed works in.
const FOLDER: &str = "SOTPLAN_CRASH_FOLDER";
/// How often it is killed.
const TIMES: &str = "SOTPLAN_CRASHES";
/// Work older than this is never lost.
const LOST_AT_MOST: Duration = Duration::from_secs(2);

fn now_ms() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis()
}

fn project_in(folder: &Path) -> PathBuf {
    folder.join("arbetet å.gpkg")
}

/// The highest number among the edits of a project.
fn newest(project: &Project) -> u32 {
    project.trials.iter().map(|trial| trial.id.0).max().unwrap_or(0)
}

/// The newest edit of every file that there is, each of which has to be readable.
fn newest_in(folder: &Path) -> u32 {
    let rescued = std::fs::read_dir(folder.join("rescue")).into_iter().flatten().filter_map(Result::ok);
    let rescued =
        rescued.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "gpkg"));
    let hidden =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let files = rescued.chain([project_in(folder)]).filter(|path| path.exists() && !hidden(path));
    let of = |path: PathBuf| {
        // What a crash of the system's clock or a kill left of nothing is nothing.
        if std::fs::metadata(&path).is_ok_and(|meta| meta.len() == 0) {
            return 0;
        }
        let saved = project_file::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        newest(&saved.into_project(Vec::new(), Vec::new()))
    };
    files.map(of).max().unwrap_or(0)
}

/// The program that is killed: it edits without pause, lets work be rescued, and saves now and then.
#[test]
#[ignore = "run by the tests below, in a process of its own"]
fn somebody_works() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let path = project_in(&folder);
    let mut session =
        Session::new(Arc::new(|| {}), Stamp { date: "2026-11-29".into() }, Some(&folder.join("rescue")));
    let mut random = Random::new(u64::from(std::process::id()));
    let mut log = std::fs::File::options().append(true).create(true).open(folder.join("log")).expect("a log");
    if path.exists() {
        session.open_project(path.clone(), false);
        session.settle();
    }
    // Work that the last one left behind is older than this: the numbers go on from the newest.
    let mut number = newest_in(&folder);
    let start = std::time::Instant::now();
    loop {
        number += 1;
        let place = LonLat::new(14.0 + f64::from(number % 100) / 100.0, 63.0);
        let trial = TrialPoint { id: TrialId(number), name: format!("Plats {number}"), place };
        session.edit(Command::AddTrial(trial), None);
        writeln!(log, "{number} {}", now_ms()).expect("logged");
        if random.below(40) == 0 {
            session.save(path.clone());
        }
        session.tick(start.elapsed().as_secs_f64());
        std::thread::sleep(Duration::from_millis(random.below(25) as u64));
    }
}

/// Kills the program once, and looks at what is left.
fn killed_once(folder: &Path, random: &mut Random) {
    let _ = std::fs::remove_file(folder.join("log"));
    let mut child = Process::new(std::env::current_exe().expect("this test"))
        .args(["crashes::somebody_works", "--exact", "--ignored", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    std::thread::sleep(Duration::from_millis(300 + random.below(3500) as u64));
    assert!(child.try_wait().expect("asked").is_none(), "it ended by itself");
    let killed_at = now_ms();
    child.kill().expect("killed");
    child.wait().expect("gone");
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    let safe = log.lines().filter_map(|line| {
        let (number, at) = line.split_once(' ')?;
        let at: u128 = at.parse().ok()?;
        (at + LOST_AT_MOST.as_millis() <= killed_at).then(|| number.parse::<u32>().ok())?
    });
    let has_to_be_there = safe.max().unwrap_or(0);
    let found = newest_in(folder);
    assert!(
        found >= has_to_be_there,
        "{found} is the newest there, {has_to_be_there} was 2 s old when it was killed"
    );
}

#[test]
fn killed_at_any_moment_it_loses_two_seconds_at_most_and_leaves_no_broken_file() {
    let times = std::env::var(TIMES).ok().and_then(|times| times.parse().ok()).unwrap_or(4_u32);
    let folder = tempfile::tempdir().expect("a folder");
    let mut random = Random::new(u64::from(std::process::id()) ^ 0x5eed);
    for time in 1..=times {
        killed_once(folder.path(), &mut random);
        if time % 50 == 0 {
            eprintln!("killed {time} times");
            // So that files do not grow without end.
            std::fs::remove_dir_all(folder.path().join("rescue")).expect("removed");
            std::fs::remove_file(project_in(folder.path())).expect("removed");
        }
    }
}

/// A session that has edited and rescued, and ended without saving.
fn ended_without_saving(folder: &Path, saved_as: Option<&Path>) {
    let stamp = Stamp { date: "2026-11-29".into() };
    let mut session = Session::new(Arc::new(|| {}), stamp, Some(&folder.join("rescue")));
    session.log_by(Arc::new(|| "2026-11-29T14:32:05+01:00".into()));
    session.open_demo();
    session.settle();
    if let Some(path) = saved_as {
        session.save(path.to_owned());
        session.settle();
    }
    let trial = TrialPoint { id: TrialId(1), name: "Plats".into(), place: LonLat::new(14.0, 63.0) };
    session.edit(Command::AddTrial(trial), None);
    session.tick(0.0);
    session.tick(2.0);
    // The rescue is no work that anybody waits for.
    let rescued = folder.join("rescue").join("rescue-1.gpkg");
    for _ in 0..2_000 {
        if project_file::origin(&rescued).is_ok_and(|origin| !origin.saved_at.is_empty()) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_offer_to_restore_names_the_project_and_the_minute() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = project_in(folder.path());
    ended_without_saving(folder.path(), Some(&path));
    let mut session = Session::new(Arc::new(|| {}), Stamp::today(), Some(&folder.path().join("rescue")));
    session.settle();
    let [left] = session.left_behind.as_slice() else { panic!("{:?}", session.left_behind) };
    assert_eq!(left.of.as_deref(), Some(path.as_path()));
    let rescued = left.path.clone();
    assert_eq!(left.said(Lang::Sv), "projektet arbetet å.gpkg, senast ändrat 2026-11-29 14:32");
    // Restored, changed and lost once more, it is still work on that file; discarding it leaves what else there is.
    session.restore(&rescued);
    session.settle();
    assert_eq!(session.path.as_deref(), Some(path.as_path()));
    assert!(session.has_unsaved_edits());
    let trial = TrialPoint { id: TrialId(2), name: "Till".into(), place: LonLat::new(14.0, 63.0) };
    session.edit(Command::AddTrial(trial), None);
    session.tick(0.0);
    session.tick(2.0);
    let again = folder.path().join("rescue").join("rescue-2.gpkg");
    for _ in 0..2_000 {
        if project_file::origin(&again).is_ok_and(|origin| origin.rescued_of.is_some()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(session);
    let mut session = Session::new(Arc::new(|| {}), Stamp::today(), Some(&folder.path().join("rescue")));
    session.settle();
    let of = session.left_behind.iter().filter(|left| left.of.as_deref() == Some(path.as_path()));
    assert_eq!((session.left_behind.len(), of.count()), (2, 2), "{:?}", session.left_behind);
    session.discard_left_behind(&rescued);
    assert!(!rescued.exists() && again.exists() && session.left_behind.len() == 1);
    // A colleague has saved meanwhile: nothing is written over unasked.
    let theirs = Project { name: "Nils".into(), ..session.project().clone() };
    let before = project_file::open(&path).expect("a project").into_project(Vec::new(), Vec::new());
    project_file::save(&path, &theirs).expect("a save");
    session.restore(&again);
    session.settle();
    session.save(path.clone());
    session.settle();
    assert!(session.contested.take().is_some_and(|contested| contested.has_changed));
    assert!(again.exists() && session.has_unsaved_edits());
    // What is restored and saved is offered no more.
    project_file::save(&path, &before).expect("a save");
    session.save_over(path.clone());
    session.settle();
    assert!(!again.exists() && !session.has_unsaved_edits());
    let other = tempfile::tempdir().expect("a folder");
    ended_without_saving(other.path(), None);
    let mut session = Session::new(Arc::new(|| {}), Stamp::today(), Some(&other.path().join("rescue")));
    session.settle();
    let said = session.left_behind[0].said(Lang::En);
    assert!(said.contains("which was never saved, last changed 2026-11-29 14:32"), "{said}");
}
