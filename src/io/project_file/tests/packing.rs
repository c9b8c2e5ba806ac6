//! Does everything that a project names lie in its file when it is packed, and come out as it was?

use std::path::PathBuf;

use super::*;
use crate::io::load_file;
use crate::lang::{Lang, Said as _};
use crate::model::{Gives, Join};
use crate::progress::Progress;

fn read(path: &Path, id: u32) -> Arc<Layer> {
    let role = Role::Services(KindRule::All(ServiceKind::Grocery.into()));
    let options = LoadOptions { role: Some(role), ..LoadOptions::default() };
    Arc::new(load_file(path, &options, &Unwatched).expect("a good layer").into_layer(LayerId(id)))
}

/// A folder with a file, and a project of it.
fn sources(folder: &Path) -> (PathBuf, Project) {
    let path = folder.join("butiker åäö.geojson");
    fs::write(&path, LAYER).expect("written");
    let project = Project { layers: vec![read(&path, 1)], ..Project::default() };
    (path, project)
}

#[test]
fn a_packed_file_comes_out_as_it_was_where_its_source_is_gone() {
    let folder = tempdir().expect("a folder");
    let (path, project) = sources(folder.path());
    let packed = folder.path().join("packat.gpkg");
    pack(&packed, &project, &Beside::default(), &Unwatched).expect("packed");
    fs::remove_file(&path).expect("gone");
    let files = packed_files(&packed).expect("a project");
    let digest = project.layers[0].source.sha256.clone();
    let bytes = LAYER.len() as u64;
    assert_eq!(files, [PackedFile { digest: digest.clone(), name: "butiker åäö.geojson".into(), bytes }]);
    let to = folder.path().join("cache");
    let out = unpack(&packed, &digest, &to, &Unwatched).expect("unpacked");
    assert_eq!(out.file_name().expect("a name"), "butiker åäö.geojson");
    assert_eq!(fs::read(&out).expect("there"), LAYER);
    // What was changed there is laid anew.
    fs::write(&out, "{}").expect("written");
    let again = unpack(&packed, &digest, &to, &Unwatched).expect("unpacked");
    assert_eq!((fs::read(&again).expect("there").as_slice(), again), (LAYER, out));
    // It is opened as any project, and its tables are named as an extension.
    assert_eq!(open(&packed).expect("a project").sources().len(), 1);
    let connection = Connection::open(&packed).expect("a database");
    let named: i64 = connection
        .query_row(
            "SELECT count(*) FROM gpkg_extensions WHERE table_name IN ('sotplan_files', 'sotplan_file_parts')",
            [],
            |row| row.get(0),
        )
        .expect("counted");
    assert_eq!(named, 2);
}

#[test]
fn a_large_file_is_packed_in_parts() {
    let folder = tempdir().expect("a folder");
    let (path, _) = sources(folder.path());
    // Random letters, which hardly pack.
    let mut state = 1_u64;
    let letters = (0..9_000_000).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from((state >> 40) % 26).expect("small"))
    });
    let text = String::from_utf8_lossy(LAYER).replace("Butik", &letters.collect::<String>());
    fs::write(&path, &text).expect("written");
    let project = Project { layers: vec![read(&path, 1)], ..Project::default() };
    let packed = folder.path().join("packat.gpkg");
    pack(&packed, &project, &Beside::default(), &Unwatched).expect("packed");
    let parts: i64 = Connection::open(&packed)
        .expect("a database")
        .query_row("SELECT count(*) FROM sotplan_file_parts", [], |row| row.get(0))
        .expect("counted");
    assert_eq!(parts, 3);
    let out = unpack(&packed, &project.layers[0].source.sha256, &folder.path().join("cache"), &Unwatched);
    assert_eq!(fs::read_to_string(out.expect("unpacked")).expect("there"), text);
}

#[test]
fn saving_keeps_what_is_named_and_takes_out_the_rest() {
    let folder = tempdir().expect("a folder");
    let (_, project) = sources(folder.path());
    let packed = folder.path().join("packat.gpkg");
    pack(&packed, &project, &Beside::default(), &Unwatched).expect("packed");
    save(&packed, &project).expect("saved");
    assert_eq!(packed_files(&packed).expect("a project").len(), 1, "an ordinary save keeps it");
    let other = folder.path().join("annat namn.gpkg");
    save_as(&other, &project, &Beside::packed_in(Some(&packed)), &Unwatched).expect("saved");
    assert_eq!(packed_files(&other).expect("a project").len(), 1, "another name takes it along");
    save(&packed, &Project::default()).expect("saved");
    assert_eq!(packed_files(&packed).expect("a project"), [], "nobody names it any more");
}

#[test]
fn a_table_joined_to_a_layer_that_cannot_be_read_is_not_lost() {
    let folder = tempdir().expect("a folder");
    let (path, project) = sources(folder.path());
    let packed = folder.path().join("packat.gpkg");
    pack(&packed, &project, &Beside::default(), &Unwatched).expect("packed");
    // What stands for a layer that could not be read knows no digests of the tables joined to it.
    let mut stand_in = Layer::clone(&project.layers[0]);
    stand_in.source.sha256 = "another".into();
    stand_in.table = Arc::default();
    let gives = Gives::Columns(Vec::new());
    let (part, by, absent_is_zero, spread_by) = (None, Vec::new(), false, None);
    stand_in.source.reading.joins = vec![Join { file: path, part, by, gives, absent_is_zero, spread_by }];
    let project = Project { layers: vec![Arc::new(stand_in)], ..Project::default() };
    save(&packed, &project).expect("saved");
    assert_eq!(packed_files(&packed).expect("a project").len(), 1);
    let other = folder.path().join("annat namn.gpkg");
    save_as(&other, &project, &Beside::packed_in(Some(&packed)), &Unwatched).expect("saved");
    assert_eq!(packed_files(&other).expect("a project").len(), 1);
}

#[test]
fn a_file_that_has_changed_is_not_packed_for_what_was_read() {
    let folder = tempdir().expect("a folder");
    let (path, project) = sources(folder.path());
    fs::write(&path, String::from_utf8_lossy(LAYER).replace("Butik", "Lada")).expect("written");
    let packed = folder.path().join("packat.gpkg");
    let error = pack(&packed, &project, &Beside::default(), &Unwatched).expect_err("changed").said(Lang::En);
    assert!(error.contains("butiker åäö.geojson") && error.contains("has changed"), "{error}");
    assert!(!packed.exists());
}

#[test]
fn a_hostile_file_lays_nothing_outside_its_folder_and_is_never_taken_for_whole() {
    let folder = tempdir().expect("a folder");
    let (_, project) = sources(folder.path());
    let packed = folder.path().join("packat.gpkg");
    let digest = project.layers[0].source.sha256.clone();
    let to = folder.path().join("cache");
    for (harm, outcome) in [
        ("UPDATE sotplan_files SET name = '../utanför'", "damaged"),
        ("UPDATE sotplan_file_parts SET deflated = x'00ff00ff'", "damaged"),
        ("DELETE FROM sotplan_file_parts", "damaged"),
        ("DELETE FROM sotplan_files", "missing"),
        ("UPDATE sotplan_files SET sha256 = 'x'", "damaged"),
        ("UPDATE sotplan_file_parts SET deflated = 17", "damaged"),
    ] {
        let _ = fs::remove_file(&packed);
        pack(&packed, &project, &Beside::default(), &Unwatched).expect("packed");
        Connection::open(&packed).expect("a database").execute_batch(harm).expect("harmed");
        let error = unpack(&packed, &digest, &to, &Unwatched).expect_err(harm).said(Lang::En);
        assert!(error.contains(outcome), "{harm}: {error}");
        assert!(!folder.path().join("utanför").exists() && !to.join("utanför").exists());
    }
    assert!(unpack(&packed, "../../x", &to, &Unwatched).is_err());
}

#[test]
fn packing_that_is_stopped_leaves_nothing() {
    struct Stopped;
    impl Progress for Stopped {
        fn report(&self, _: u64, _: u64) {}
        fn is_cancelled(&self) -> bool {
            true
        }
    }
    let folder = tempdir().expect("a folder");
    let (_, project) = sources(folder.path());
    let packed = folder.path().join("packat.gpkg");
    assert!(matches!(pack(&packed, &project, &Beside::default(), &Stopped), Err(IoError::Cancelled(_))));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}
