//! Which files are not opened, not overwritten, and told what they are?

use super::*;

#[test]
fn a_newer_version_is_refused() {
    for sql in [
        "UPDATE sotplan_documents SET version = 2, json = '[]' WHERE name = 'selection'",
        "UPDATE sotplan_meta SET value = '2' WHERE key = 'format_version'",
    ] {
        let (_folder, path, _) = saved();
        execute(&path, sql);
        assert!(matches!(open(&path), Err(IoError::NewerProject { version: 2, known: 1, .. })));
        refused(&path, "newer version");
    }
}

#[test]
fn foreign_files_are_refused_and_left_alone() {
    let folder = tempdir().expect("a folder");
    let text = folder.path().join("brev.gpkg");
    fs::write(&text, "Hej! Detta är ett brev.").expect("a file");
    refused(&text, "not a Sotplan project");

    let database = folder.path().join("bank.gpkg");
    execute(&database, "CREATE TABLE accounts (x); INSERT INTO accounts VALUES (1)");
    refused(&database, "not a Sotplan project");

    let geopackage = folder.path().join("karta.gpkg");
    execute(&geopackage, "PRAGMA application_id = 0x47504B47; CREATE TABLE gpkg_contents (x)");
    refused(&geopackage, "GeoPackage without a Sotplan project. ");

    let odd = folder.path().join("udda.gpkg");
    execute(
        &odd,
        "PRAGMA application_id = 0x47504B47; CREATE TABLE sotplan_documents (x); CREATE TABLE sotplan_meta (x)",
    );
    refused(&odd, "damaged");
}

#[test]
fn a_truncated_file_is_refused_and_left_alone() {
    let (folder, path, _) = saved();
    let whole = fs::read(&path).expect("a file");
    let cut = folder.path().join("kapad.gpkg");
    for length in [1, 15, 16, 50, 71, 72, 99, 100, 101, 511, 512, 4095, 4096, 8192, whole.len() / 2] {
        fs::write(&cut, &whole[..length]).expect("a file");
        refused(&cut, "");
    }
    fs::write(&cut, &whole[..whole.len() - 4096]).expect("a file");
    refused(&cut, "damaged or cut off");
}

#[test]
fn an_empty_file_holds_nothing_to_lose() {
    let folder = tempdir().expect("a folder");
    let path = folder.path().join("tom.gpkg");
    fs::write(&path, "").expect("a file");
    assert!(matches!(open(&path), Err(IoError::Empty { .. })));
    save(&path, &project(folder.path())).expect("a save");
    assert_eq!(open(&path).expect("a project").sources().len(), 2);
}

#[test]
fn missing_places_are_named() {
    let folder = tempdir().expect("a folder");
    let nowhere = folder.path().join("inte").join("här.gpkg");
    assert!(open(&nowhere).expect_err("no file").to_string().contains("no such file"));
    assert!(matches!(save(&nowhere, &Project::default()), Err(IoError::Write { .. })));
    assert!(matches!(open(folder.path()), Err(IoError::Open { .. })));
    assert!(matches!(save(folder.path(), &Project::default()), Err(IoError::Write { .. })));
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn a_bad_document_is_named() {
    let deep = format!("UPDATE sotplan_documents SET json = '{}' WHERE name = 'trials'", "[".repeat(100_000));
    for (sql, message) in [
        ("UPDATE sotplan_documents SET json = '{' WHERE name = 'sources'", "“sources”"),
        ("UPDATE sotplan_documents SET json = '[]' WHERE name = 'edits'", "“edits”"),
        ("UPDATE sotplan_documents SET version = 0 WHERE name = 'trials'", "unknown version 0"),
        ("DELETE FROM sotplan_documents WHERE name = 'selection'", "“selection”: it is missing"),
        ("UPDATE sotplan_documents SET json = replace(json, '3014', '3027')", "EPSG:3027"),
        ("UPDATE sotplan_documents SET json = replace(json, '12345.67', '1e999')", "“parameters”"),
        ("UPDATE sotplan_documents SET json = replace(json, '\"id\":9', '\"id\":7')", "id 7 is used twice"),
        ("UPDATE sotplan_documents SET json = replace(json, '\"id\":2', '\"id\":4294967295')", "too large"),
        ("UPDATE sotplan_documents SET json = x'ff' WHERE name = 'project'", "damaged"),
        (
            "UPDATE sotplan_documents SET json = replace(json, '\"times\":-5', '\"times\":-1')",
            "“ranking”: a judgement",
        ),
        ("UPDATE sotplan_documents SET json = replace(json, '\"below\":0.1', '\"below\":0')", "“ranking”"),
        (&deep, "“trials”"),
    ] {
        let (_folder, path, _) = saved();
        execute(&path, sql);
        let error = open(&path).expect_err(sql);
        assert!(matches!(error, IoError::Project { .. }) && error.to_string().contains(message), "{error}");
    }
}
