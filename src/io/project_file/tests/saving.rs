//! Is a save whole or not there, whoever reads, writes or fails meanwhile?

use super::*;

#[test]
fn a_reader_sees_old_or_new_but_no_mix() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("p.gpkg");
    save(&path, &numbered(1)).expect("a save");
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (2..30).try_for_each(|n| save(&path, &numbered(n))));
        while !writer.is_finished() {
            let read = open(&path).expect("a project");
            assert_eq!(read.name, read.trials.len().to_string());
        }
        writer.join().expect("a thread").expect("every save");
    });
    assert_eq!(open(&path).expect("a project").name(), "29");
}

#[test]
fn a_save_that_fails_halfway_changes_nothing() {
    let (_folder, path, mut project) = saved();
    execute(
        &path,
        "CREATE TRIGGER fails BEFORE UPDATE ON sotplan_documents WHEN NEW.name = 'trials'
         BEGIN SELECT RAISE(ABORT, 'the disk is tired'); END",
    );
    let before = rows(&path);
    project.name = "Nytt namn".into();
    project.trials = Arc::default();
    let error = save(&path, &project).expect_err("a failure");
    assert!(matches!(&error, IoError::Write { .. }) && error.to_string().contains("tired"), "{error}");
    assert_eq!(rows(&path), before);
}

#[test]
fn a_save_cut_short_by_a_crash_leaves_the_old_project() {
    let (folder, path, project) = saved();
    let mut connection = Connection::open(&path).expect("a database");
    connection.execute_batch("PRAGMA cache_size = 1").expect("a small cache");
    let transaction = connection.transaction().expect("a transaction");
    let sql = "UPDATE sotplan_documents SET json = hex(zeroblob(100000))";
    transaction.execute_batch(sql).expect("pages written before the commit");
    // What the disk holds at this moment is what a crash leaves.
    let crashed = folder.path().join("kraschad.gpkg");
    fs::copy(&path, &crashed).expect("a copy");
    let journal = |of: &Path| of.with_extension("gpkg-journal");
    fs::copy(journal(&path), journal(&crashed)).expect("a copy of the journal");
    drop(transaction);
    assert_ne!(fs::read(&crashed).expect("a file").len(), fs::read(&path).expect("a file").len());

    let back = open(&crashed).expect("the old project").into_project(project.layers, Vec::new());
    assert_eq!(back.amendments, project.amendments);
    assert_eq!(rows(&crashed), rows(&path));
}

#[test]
fn a_file_in_use_by_another_program_is_saved_whole() {
    let (_folder, path, mut project) = saved();
    let other = Connection::open(&path).expect("a database");
    other.execute_batch("PRAGMA journal_mode = WAL; SELECT * FROM sotplan_meta").expect("as QGIS does");
    project.name = "Bredvid QGIS".into();
    save(&path, &project).expect("a save");
    assert_eq!(open(&path).expect("a project").name(), "Bredvid QGIS");
    drop(other);
    assert_eq!(open(&path).expect("a project").name(), "Bredvid QGIS");
}
