//! Can a municipal officer do a day's work, by labels alone, and how many clicks does it take? Villages compared, facts
//! recorded, a place followed, a test site made and taken back, all handed on to another computer.

use egui_kittest::kittest::Queryable;
use sotplan::geometry::LonLat;
use sotplan::model::process::{Check, CheckState, ProcessStep};
use sotplan::model::{Project, SiteId, SotStatus};
use sotplan::ui::state::{PathField, PathUse, Selection};

use crate::bench::Window;

/// A window whose clicks are counted.
struct Officer {
    window: Window,
    clicks: usize,
}

impl Officer {
    fn click(&mut self, label: &str) {
        self.window.click(label);
        self.clicks += 1;
    }

    fn type_into(&mut self, label: &str, text: &str) {
        let harness = &mut self.window.harness;
        harness.get_by_label(label).scroll_to_me();
        harness.run_steps(3);
        harness.get_by_label(label).click();
        harness.run_steps(3);
        // As fingers do it: what appears above a field must not take it away.
        for letter in text.chars() {
            harness.event(egui::Event::Text(letter.to_string()));
            harness.run_steps(2);
        }
        self.window.settle();
        self.clicks += 1;
    }

    fn site(&self, name: &str) -> SiteId {
        let results = self.window.app().session.results.clone().unwrap();
        sotplan::app::comparing::find(name, &results, &[]).unwrap()
    }

    /// Chosen on the map: one click.
    fn choose(&mut self, site: &SiteId) {
        self.window.harness.state_mut().view.selection = Some(Selection::Site(site.clone()));
        self.window.settle();
        self.clicks += 1;
    }

    /// The path that the dialog of the system would give.
    fn give_path(&mut self, purpose: PathUse, name: &str) -> std::path::PathBuf {
        let path = self.window.file(name);
        let text = path.display().to_string();
        self.window.harness.state_mut().view.dialogs.path_field = Some(PathField { purpose, text });
        self.window.harness.run_steps(2);
        self.click("OK");
        path
    }

    fn project(&self) -> &Project {
        self.window.app().session.project()
    }
}

/// What is written down of a project, in words.
fn work_of(project: &Project) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        project.amendments, project.follows, project.compared, project.trials, project.log
    )
}

/// Three villages of Krokom side by side, and three facts of one of them.
fn compare_and_record(officer: &mut Officer) -> [SiteId; 3] {
    // Their municipality.
    officer.click("My municipality: All municipalities");
    officer.click("Krokom");
    // Three villages side by side.
    let villages = ["Valsjöbyn", "Rötviken", "Föllinge"].map(|name| officer.site(name));
    for village in &villages {
        officer.choose(village);
        officer.click("Compare with other villages");
    }
    // Three facts with evidence.
    officer.choose(&villages[2]);
    for (edit, value) in
        [("Edit Civil society", "2 some"), ("Edit Seasonal", "yes"), ("Edit Staffing", "staffed")]
    {
        officer.click(edit);
        officer.click(value);
        officer.click("Save the fact");
    }
    let facts = &officer.project().amendments[&villages[2]].facts;
    assert_eq!(facts.len(), 3, "{facts:?}");
    assert!(facts.values().all(|fact| fact.evidence.when == "2026-01-01"));
    villages
}

#[test]
fn an_officers_task_by_labels_alone_is_the_same_on_another_computer() {
    let mut officer = Officer { window: Window::open(Vec::new()), clicks: 0 };
    let villages = compare_and_record(&mut officer);
    assert_eq!(officer.project().compared.places, villages);
    // Hallen lies in Åre: the filter goes.
    officer.click("My municipality: Krokom");
    officer.click("All municipalities");
    officer.click("Follow up");
    officer.type_into("Your name (stands in the change log)", "Eva Ek");
    officer.click("Open Hallen");
    officer.click("Set the status…");
    officer.click("establishing");
    officer.type_into("Date of the status", "2024-Q2");
    officer.click("Set status");
    officer.click("4. Construction: nothing noted");
    officer.click("Rescue service informed: done");
    officer.type_into("Construction: Owner", "Åsa");
    officer.type_into("Construction: Blocked by", "the permit");
    // A test site, and away again.
    let before = officer.project().trials.len();
    let place = LonLat::new(14.6, 63.9);
    let trial = sotplan::model::TrialPoint { id: sotplan::model::TrialId(1), name: "Test".into(), place };
    officer.window.harness.state_mut().session.edit(sotplan::app::command::Command::AddTrial(trial), None);
    officer.window.settle();
    officer.clicks += 2;
    assert_eq!(officer.project().trials.len(), before + 1);
    officer.click("Undo");
    assert_eq!(officer.project().trials.len(), before);
    // What was written down is there.
    let hallen = officer.site("Hallen");
    let results = officer.window.app().session.results.clone().unwrap();
    let sot = results.situation.sot_places.iter().find(|sot| sot.name == "Hallen").unwrap();
    let noted = &officer.project().follow(&sot.site).unwrap().steps[&ProcessStep::Construction];
    assert_eq!((sot.status, sot.status_date.as_str()), (SotStatus::Establishing, "2024-Q2"));
    assert_eq!((noted.owner.as_str(), noted.blocked_by.as_str()), ("Åsa", "the permit"));
    assert_eq!(noted.checks[&Check::RescueService].state, CheckState::Done);
    // Exported, packed, and opened on another computer.
    let export = |officer: &mut Officer, name: &str| {
        let what = sotplan::app::exports::Export::FollowUp;
        let path = officer.give_path(PathUse::Export(what), name);
        std::fs::read(path).unwrap()
    };
    let exported = export(&mut officer, "follow_up.csv");
    let packed = officer.give_path(PathUse::Pack, "packat.gpkg");
    assert!(officer.clicks <= 45, "{} clicks", officer.clicks);
    let there = Window::open(vec![packed]);
    let mut there = Officer { window: there, clicks: 0 };
    assert_eq!(work_of(there.project()), work_of(officer.project()));
    assert_eq!(there.site("Hallen"), hallen);
    assert!(export(&mut there, "follow_up.csv") == exported, "the same bytes");
}
