//! Is a place followed by clicks: a status with its date, a step ticked, an owner named, what blocks it, all undone?

use egui_kittest::kittest::NodeT as _;
use egui_kittest::kittest::Queryable;
use sotplan::model::process::{Check, CheckState, ProcessStep, StepState, When};
use sotplan::model::{SiteId, SotStatus};

use crate::bench::Window;

impl Window {
    /// Types into the field with this label.
    fn type_into(&mut self, label: &str, text: &str) {
        self.harness.get_by_label(label).scroll_to_me();
        self.harness.run_steps(3);
        self.harness.get_by_label(label).click();
        self.harness.run_steps(3);
        self.harness.get_by_label(label).type_text(text);
        self.harness.run_steps(3);
        self.settle();
    }

    fn hallen(&self) -> SiteId {
        let results = self.app().session.results.as_ref().unwrap();
        results.situation.sot_places.iter().find(|sot| sot.name == "Hallen").unwrap().site.clone()
    }
}

#[test]
fn an_officer_follows_hallen_and_undoes_it() {
    let mut window = Window::open(Vec::new());
    window.click("Follow up");
    assert!(window.harness.query_by_label_contains("9 places are followed").is_some());
    // What comes next stands on each card, the status with its date beside it.
    assert!(window.harness.query_by_label_contains("Åre · procurement under way, 2023-05-25").is_some());
    window.type_into("Your name (stands in the change log)", "Eva Ek");
    window.click("Open Hallen");
    window.click("Set the status…");
    window.click("establishing");
    assert!(window.harness.get_by_label("Set status").accesskit_node().is_disabled(), "a status has a date");
    window.type_into("Date of the status", "2024-Q2");
    window.click("Set status");
    let hallen = window.hallen();
    let results = window.app().session.results.clone().unwrap();
    let sot = results.situation.sot_places.iter().find(|sot| sot.site == hallen).unwrap();
    assert_eq!((sot.status, sot.status_date.as_str()), (SotStatus::Establishing, "2024-Q2"));
    assert!(
        window.harness.query_by_label_contains("In the file: procurement under way (2023-05-25)").is_some()
    );

    window.click("4. Construction: nothing noted");
    window.click("Construction: under way");
    window.click("Rescue service informed: done");
    window.type_into("Construction: Owner", "Åsa");
    window.type_into("Construction: Blocked by", "the permit");
    window.type_into("Construction: Planned to be done", "2024-Q2");
    let noted =
        window.app().session.project().follow(&hallen).unwrap().steps[&ProcessStep::Construction].clone();
    assert_eq!((noted.state, noted.owner.as_str()), (StepState::UnderWay, "Åsa"));
    assert_eq!((noted.blocked_by.as_str(), noted.planned), ("the permit", When::parse("2024-Q2")));
    assert_eq!(noted.checks[&Check::RescueService].state, CheckState::Done);
    assert!(
        window
            .harness
            .query_all_by_label_contains("Clear what blocks construction: the permit")
            .next()
            .is_some()
    );

    // The board, the list and the log say it.
    window.click("Open the board");
    assert!(window.harness.query_by_label("Move Hallen").is_some());
    window.table("Late and blocked");
    assert!(
        window.harness.query_all_by_label_contains("Construction is blocked: the permit").next().is_some()
    );
    window.table("Change log");
    assert!(window.harness.query_all_by_label_contains("Hallen: Construction: owner: Åsa").next().is_some());
    let log = window.app().session.project().log.clone();
    assert_eq!(log.len(), 6, "{log:?}");
    assert!(log.iter().all(|entry| entry.who == "Eva Ek" && entry.place == "Hallen"));

    // A run of typing is one step; all of it is undone.
    for _ in 0..6 {
        window.click("Undo");
    }
    assert!(window.app().session.project().follows.is_empty());
    assert_eq!(window.app().session.project().log.len(), 12);
    let results = window.app().session.results.clone().unwrap();
    let sot = results.situation.sot_places.iter().find(|sot| sot.site == hallen).unwrap();
    assert_eq!((sot.status, sot.status_date.as_str()), (SotStatus::Procurement, "2023-05-25"));
}

#[test]
fn a_card_is_moved_by_its_menu_and_asks_for_date_and_source() {
    let mut window = Window::open(Vec::new());
    window.click("Follow up");
    window.click("Open the board");
    window.click("Move Storlien");
    window.click("paused");
    window.type_into("Date of the status", "no idea");
    assert!(window.harness.get_by_label("Set status").accesskit_node().is_disabled());
    assert!(window.harness.query_by_label_contains("Write a year, a quarter").is_some());
    window.click("Cancel");
    assert!(window.app().session.project().follows.is_empty());
    window.table("Timeline");
    assert!(window.harness.query_all_by_label_contains("Lillhärdal: in place, 2023-05-25").next().is_some());
}
