//! Does a project have the form in its file that it had, and do files of older versions open?

use super::*;

/// `name`, version and JSON of each document of the project of these tests, a line each. A change here is a change of
/// what other versions read: an added member needs a default, anything else a new version of the document.
const NOW: &str = include_str!("saved_forms.txt");

/// The documents that the first version wrote.
const FIRST: &str = include_str!("saved_forms_of_the_first_version.txt");

#[test]
fn what_is_saved_has_the_form_it_had() {
    let (_folder, path, _) = saved();
    let written = rows(&path).into_iter().map(|(name, version, json)| format!("{name} {version} {json}\n"));
    let written: String = written.collect();
    for (now, before) in written.lines().zip(NOW.lines()) {
        assert_eq!(now, before);
    }
    assert_eq!(written.lines().count(), NOW.lines().count());
}

#[test]
fn a_file_of_the_first_version_opens() {
    let (_folder, path, mut project) = saved();
    // Nothing was left out, and facts had no notes.
    Arc::make_mut(&mut project.amendments).retain(|_, one| one.left_out.is_none());
    let amendments =
        Arc::make_mut(&mut project.amendments).values_mut().flat_map(|one| one.facts.values_mut());
    let added = Arc::make_mut(&mut project.added).iter_mut().flat_map(|one| one.facts.values_mut());
    amendments.chain(added).for_each(|fact| fact.note.clear());
    execute(&path, "DELETE FROM sotplan_documents");
    let connection = Connection::open(&path).expect("a database");
    for line in FIRST.lines() {
        let (name, rest) = line.split_once(' ').expect("a name");
        let (version, json) = rest.split_once(' ').expect("a version");
        connection
            .execute("INSERT INTO sotplan_documents VALUES (?1, ?2, ?3)", (name, version, json))
            .expect("a row");
    }
    drop(connection);
    let back = open(&path).expect("a project").into_project(project.layers.clone(), Vec::new());
    assert_eq!(
        (back.name.as_str(), &back.added, &back.trials),
        ("Jämtlands fjäll", &project.added, &project.trials)
    );
    assert_eq!((&back.amendments, &back.selected), (&project.amendments, &project.selected));
    // What it did not know yet is as it was then: by length, without a time of its own.
    let parameters = Parameters { detour_factor: 1.35, ..Parameters::default() };
    assert_eq!(back.parameters, parameters);
    assert_eq!(
        (back.ranking.as_ref(), back.plans.as_ref()),
        (&RankingModel::default(), &PlanBook::default())
    );
    assert!(back.closures.is_empty() && back.closed_services.is_empty() && back.held.is_empty());
    assert!(back.follows.is_empty() && back.log.is_empty());
    // Saved again it has the forms of now, and says the same.
    save(&path, &back).expect("a save");
    let again = open(&path).expect("a project").into_project(project.layers, Vec::new());
    assert_eq!((again.parameters, again.amendments, again.added), (parameters, back.amendments, back.added));
}
