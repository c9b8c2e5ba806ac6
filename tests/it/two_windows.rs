//! Do two windows at one project know of each other, and is nothing of either written over unasked?

use std::path::Path;
use std::sync::Arc;

use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::following::FollowChange;
use sotplan::app::notice::Notice;
use sotplan::app::session::Session;
use sotplan::geometry::LonLat;
use sotplan::io::project_file;
use sotplan::lang::{Lang, Said as _};
use sotplan::model::{Parameters, Project, TrialId, TrialPoint};
use sotplan::units::Metres;

use crate::commands::start;
use crate::following::sot;

fn window(who: &str, path: &Path) -> Session {
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-11-29".into() }, None);
    session.log_as(who);
    session.open_project(path.to_owned(), false);
    session.settle();
    assert_eq!(session.path.as_deref(), Some(path));
    session
}

fn saved(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("Åre å Krokom.gpkg");
    project_file::save(&path, &start()).expect("a save");
    path
}

fn threshold(session: &mut Session, km: f64) {
    let parameters =
        Parameters { threshold: Metres::new(km * 1000.0), ..session.project().parameters.clone() };
    session.edit(Command::SetParameters(Box::new(parameters)), None);
}

fn km_in(path: &Path) -> f64 {
    let saved = project_file::open(path).expect("a project");
    saved.into_project(Vec::new(), Vec::new()).parameters.threshold.km()
}

fn save(session: &mut Session, path: &Path) {
    session.save(path.to_owned());
    session.settle();
}

#[test]
fn the_second_window_is_told_who_has_the_project_and_saves_elsewhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = saved(folder.path());
    let mut first = window("Eva Ek", &path);
    let mut second = window("Nils Nord", &path);
    let told = second.notices.iter().find(|notice| matches!(notice, Notice::OpenElsewhere(_))).expect("told");
    assert!(told.said(Lang::Sv).contains("av Eva Ek"), "{}", told.said(Lang::Sv));
    assert!(!first.notices.iter().any(|notice| matches!(notice, Notice::OpenElsewhere(_))));
    threshold(&mut first, 20.0);
    threshold(&mut second, 30.0);
    // Nobody has saved yet: it is open elsewhere.
    save(&mut second, &path);
    let contested = second.contested.take().expect("asked");
    assert_eq!((contested.has_changed, contested.by.who.as_str()), (false, "Eva Ek"));
    assert!(second.has_unsaved_edits());
    // The first saves. Now the file is another.
    save(&mut first, &path);
    assert!(first.contested.is_none() && !first.has_unsaved_edits());
    save(&mut second, &path);
    let contested = second.contested.take().expect("asked");
    assert_eq!((contested.has_changed, contested.by.who.as_str()), (true, "Eva Ek"));
    assert_eq!(km_in(&path), 20.0);
    // Under another name nothing stands in the way.
    let other = folder.path().join("Nils.gpkg");
    save(&mut second, &other);
    assert!(second.contested.is_none());
    assert_eq!((km_in(&path), km_in(&other)), (20.0, 30.0));
    // Nothing is left beside the files when both are closed.
    drop((first, second));
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn what_another_program_saved_meanwhile_is_taken_in_or_written_over_only_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = saved(folder.path());
    let mut mine = window("Eva Ek", &path);
    // A program without locks, on another computer.
    let owner = Command::Follow(sot("Hallen"), FollowChange::Owner("Anna".into()));
    let trial = TrialPoint { id: TrialId(1), name: "Norr".into(), place: LonLat::new(14.0, 63.0) };
    project_file::save(&path, &owner.apply(&start())).expect("a save");
    mine.edit(Command::AddTrial(trial), None);
    save(&mut mine, &path);
    assert!(mine.contested.as_ref().is_some_and(|contested| contested.has_changed));
    // Taken in, and then saved.
    mine.contested = None;
    mine.look_at_copy(path.clone());
    mine.settle();
    assert_eq!(mine.merging.as_ref().map(|merging| merging.merge.differences.len()), Some(1));
    mine.take_of_copy();
    save(&mut mine, &path);
    assert!(mine.contested.is_none(), "what stands in the file is known now");
    let both = project_file::open(&path).expect("a project").into_project(start().layers, Vec::new());
    let of = |project: &Project| {
        (project.follow(&sot("Hallen")).map(|one| one.owner.clone()), project.trials.len())
    };
    assert_eq!(of(&both), (Some("Anna".to_owned()), 1));
    // Written over when asked.
    project_file::save(&path, &start()).expect("a save");
    threshold(&mut mine, 15.0);
    save(&mut mine, &path);
    assert!(mine.contested.is_some() && km_in(&path) != 15.0);
    mine.save_over(path.clone());
    mine.settle();
    assert!(mine.contested.is_none());
    assert_eq!(km_in(&path), 15.0);
    // And then one saves as always.
    threshold(&mut mine, 16.0);
    save(&mut mine, &path);
    assert!(mine.contested.is_none());
    assert_eq!(km_in(&path), 16.0);
}

#[test]
fn saving_the_same_again_changes_no_byte_whoever_does_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = saved(folder.path());
    let mut first = window("Eva Ek", &path);
    save(&mut first, &path);
    let before = std::fs::read(&path).expect("bytes");
    drop(first);
    let mut second = window("Nils Nord", &path);
    save(&mut second, &path);
    assert!(std::fs::read(&path).expect("bytes") == before);
}

#[test]
fn saving_twice_at_once_is_not_taken_for_somebody_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ny.gpkg");
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-11-29".into() }, None);
    session.open_demo();
    session.settle();
    // The very first save, which takes the lock, and two more before it is done.
    for km in [12.0, 13.0, 14.0] {
        threshold(&mut session, km);
        session.save(path.clone());
    }
    session.settle();
    session.settle();
    assert!(session.contested.is_none() && !session.has_unsaved_edits());
    assert_eq!(km_in(&path), 14.0);
}

#[test]
fn a_folder_that_is_gone_and_one_that_cannot_be_written_are_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let below = folder.path().join("mapp");
    std::fs::create_dir(&below).expect("a folder");
    let path = saved(&below);
    let mut session = window("Eva Ek", &path);
    threshold(&mut session, 12.0);
    std::fs::remove_dir_all(&below).expect("removed");
    session.notices.clear();
    save(&mut session, &path);
    assert!(session.has_unsaved_edits(), "nothing is said to be saved");
    assert!(matches!(session.notices.as_slice(), [Notice::Io(_)]), "{}", session.notices.len());
    let elsewhere = folder.path().join("annan.gpkg");
    save(&mut session, &elsewhere);
    assert_eq!(km_in(&elsewhere), 12.0);
    assert!(!session.has_unsaved_edits());
}
