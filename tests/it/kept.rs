//! Does a project of a newer version lose anything in this one? What is not understood is told, kept and never edited over.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::Value;
use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::session::Session;
use sotplan::app::siting::scenario::PlanChange;
use sotplan::lang::{Lang, Said};

fn session() -> Session {
    Session::new(Arc::new(|| {}), Stamp::default(), None)
}

fn told(session: &Session) -> String {
    session.notices.iter().map(|notice| notice.said(Lang::En)).collect::<Vec<_>>().join("\n")
}

fn document(path: &Path, name: &str) -> Value {
    let file = Connection::open(path).expect("a database");
    let sql = "SELECT json FROM sotplan_documents WHERE name = ?1";
    let json: String = file.query_row(sql, [name], |row| row.get(0)).expect("the document");
    serde_json::from_str(&json).expect("JSON")
}

#[test]
fn what_a_newer_version_wrote_is_told_and_all_there_after_an_edit_and_a_save() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("projekt.gpkg");
    let mut first = session();
    first.open_demo();
    first.settle();
    first.save(path.clone());
    first.settle();
    let file = Connection::open(&path).expect("a database");
    file.execute_batch(
        r#"INSERT INTO sotplan_documents VALUES ('journeys', 99, '{"x":1}');
           UPDATE sotplan_documents SET json = json_set(json, '$.profile.night_kmh', 40) WHERE name = 'parameters';
           UPDATE sotplan_documents SET json = json_set(json, '$.layers[0].shade', 'dark') WHERE name = 'sources';
           UPDATE sotplan_documents SET json = json_set(json, '$.question', json('{"objective":"by_moonlight"}'),
             '$.scenarios', json('[{"id":7,"name":"Senare","moon":true}]')) WHERE name = 'plans';"#,
    )
    .expect("changed");
    drop((file, first));

    let mut second = session();
    second.open_project(path.clone(), false);
    second.settle();
    let said = told(&second);
    for phrase in
        ["journeys", "parameters.profile.night_kmh", "sources.layers.shade", "2 questions or scenarios"]
    {
        assert!(said.contains(phrase), "{said} does not say {phrase}");
    }
    // Edited: another question, another threshold, and saved under another name.
    second.edit(Command::Plan(PlanChange::Ask(Box::default())), None);
    let parameters = second.project().parameters.clone();
    let threshold = sotplan::units::Metres::from_km(7.0);
    second
        .edit(Command::SetParameters(Box::new(sotplan::model::Parameters { threshold, ..parameters })), None);
    second.settle();
    for place in [path.clone(), folder.path().join("annat.gpkg")] {
        second.save(place.clone());
        second.settle();
        assert_eq!(document(&place, "journeys"), serde_json::json!({"x": 1}), "{}", told(&second));
        let parameters = document(&place, "parameters");
        assert_eq!(
            (&parameters["profile"]["night_kmh"], &parameters["threshold"]),
            (&40.into(), &7000.0.into())
        );
        assert_eq!(document(&place, "sources")["layers"][0]["shade"], "dark");
        let plans = document(&place, "plans");
        assert!(plans["question"]["objective"] != "by_moonlight" && !plans["question"].is_null());
        let unread = plans["unread"].as_array().expect("put aside");
        assert!(unread.iter().any(|value| value["objective"] == "by_moonlight"), "{unread:?}");
        assert!(unread.iter().any(|value| value["moon"] == true && value["id"] == 7), "{unread:?}");
    }
    // Undo takes the question back; the next project has nothing of it.
    second.undo();
    second.undo();
    assert_eq!(second.project().plans.question["objective"], "by_moonlight");
    second.open_demo();
    second.settle();
    assert!(second.project().kept.names().is_empty());
}
