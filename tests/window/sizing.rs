//! Is the reserve power of a place sized by clicks: a list begun with, a number changed, a file read, the figures used as
//! facts, all undone?

use egui_kittest::kittest::NodeT as _;
use egui_kittest::kittest::Queryable;
use sotplan::app::sizing::listed_at;
use sotplan::model::outage::LoadList;
use sotplan::model::{EvidenceKind, Fact, FactValue, LoadHours, SiteId, TrialId, TrialPoint};
use sotplan::ui::state::{PathUse, Selection};

use crate::bench::{Window, write};

const BUTTON: &str = "Size the reserve power…";

impl Window {
    /// Chooses a place by its name; where its facts stand.
    fn choose_place(&mut self, name: &str) -> SiteId {
        let results = self.app().session.results.clone().unwrap();
        let site = sotplan::app::comparing::find(name, &results, &[]).unwrap();
        let candidate = results.candidates.iter().find(|candidate| candidate.site == site).unwrap();
        let listed = listed_at(candidate, &results.situation);
        self.harness.state_mut().view.selection = Some(Selection::Site(site));
        self.settle();
        listed
    }

    fn list(&self, site: &SiteId) -> Option<LoadList> {
        self.app().session.project().outages.loads.get(site).cloned()
    }

    fn fact(&self, site: &SiteId, id: &str) -> Option<Fact> {
        self.app().session.project().amendments.get(site)?.facts.get(id).cloned()
    }

    /// Types another number into the field with this label.
    fn number(&mut self, label: &str, text: &str) {
        self.click(label);
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        self.harness.run_steps(2);
        self.harness.get_by_label(label).type_text(text);
        self.harness.run_steps(2);
        self.harness.key_press(egui::Key::Enter);
        self.harness.run_steps(3);
        self.settle();
    }

    fn tells(&self, text: &str) -> bool {
        self.harness.query_all_by_label_contains(text).next().is_some()
    }
}

#[test]
fn an_officer_sizes_a_store_uses_it_and_undoes_it() {
    let mut window = Window::open(Vec::new());
    let site = window.choose_place("Hallen");
    window.click(BUTTON);
    assert!(window.tells("No machines yet"));
    assert!(window.harness.get_by_label("Use for the place").accesskit_node().is_disabled());
    window.click("Begin with a list");
    window.click("Store of middle size");
    assert!(window.tells("Set: 68."), "about 68 kVA");
    assert_eq!(window.list(&site).unwrap().loads[0].name, "Cooling units");

    // A number, a time and a name are one step each.
    window.number("Machine 1: rated power, kW", "6");
    assert!((window.list(&site).unwrap().loads[0].kw - 6.0).abs() < 1e-9);
    window.click("Machine 3: runs day");
    window.click("some hours");
    assert_eq!(window.list(&site).unwrap().loads[2].hours, LoadHours::Between(8, 17));
    let name = "Machine 4: name";
    window.click(name);
    window.harness.get_by_label(name).type_text(", the old");
    window.settle();
    window.number("Tank of the set", "400");
    let list = window.list(&site).unwrap();
    assert!(list.loads[3].name.contains(", the old"), "{}", list.loads[3].name);
    assert_eq!(list.assumed.tank_litres, Some(400.0));
    assert!(window.tells("The tank lasts"));
    let steps = window.app().session.history().done().count();
    assert_eq!(steps, 5, "a list, a number, a time, a name, a tank");

    window.click("Use for the place");
    let sizing = sotplan::app::sizing::sized(&list).unwrap();
    let need = window.fact(&site, "power_need_kva").unwrap();
    assert_eq!(need.value, FactValue::Number((sizing.kva * 10.0).round() / 10.0));
    assert_eq!((need.evidence.kind, need.evidence.when.as_str()), (EvidenceKind::Calculated, "2026-01-01"));
    assert_eq!(window.fact(&site, "containers").unwrap().value, FactValue::Number(1.0));
    assert_eq!(window.fact(&site, "tank_litres").unwrap().value, FactValue::Number(400.0));
    assert!(window.fact(&site, "litres_per_hour").is_some());
    assert!(window.tells("The facts of the place are those that the list gives"));
    window.click("Close");
    assert!(window.tells("Reserve power by the list of machines"));

    window.click("Undo");
    assert_eq!(window.fact(&site, "power_need_kva"), None, "all facts are one step");
    assert_eq!(window.fact(&site, "tank_litres"), None);
    for _ in 0..5 {
        window.click("Undo");
    }
    assert_eq!(window.list(&site), None);
}

#[test]
fn a_list_of_a_file_is_read_and_a_fault_is_told_in_the_form() {
    let mut window = Window::open(Vec::new());
    let site = window.choose_place("Hallen");
    window.click(BUTTON);
    for (text, is_read) in
        [("namn;kw;antal\nKyl;4,5;2\nFrys;mycket;1\n", false), ("namn;kw\nKyl;4,5\n", true)]
    {
        let path = write(&window.file("laster.csv"), text);
        window.click("Read a list…");
        let field = window.harness.state_mut().view.dialogs.path_field.as_mut().unwrap();
        assert_eq!(field.purpose, PathUse::Loads);
        field.text = path.display().to_string();
        window.harness.run_steps(3);
        window.click("OK");
        assert_eq!(window.tells("line 3: kw “mycket” is no number"), !is_read);
        assert_eq!(window.list(&site).is_some(), is_read);
    }
    assert_eq!(window.list(&site).unwrap().loads[0].name, "Kyl");
    // Nothing to run is said, with what to do, and computes nothing.
    window.number("Machine 1: rated power, kW", "0");
    assert!(window.tells("The machines take no power"));
    window.click("Remove machine 1");
    assert!(window.tells("No machines yet"));
    assert_eq!(window.list(&site), None, "an empty list is none");
    window.click("Add machine");
    assert_eq!(window.list(&site).unwrap().loads.len(), 1);
}

#[test]
fn a_test_site_keeps_its_list_and_bears_no_facts() {
    let mut window = Window::open(Vec::new());
    let place = sotplan::geometry::LonLat::new(14.5, 63.2);
    let trial = TrialPoint { id: TrialId(1), name: "Test site 1".into(), place };
    let site = SiteId::Trial(TrialId(1));
    let app = window.harness.state_mut();
    app.session.edit(sotplan::app::command::Command::AddTrial(trial), None);
    app.view.selection = Some(Selection::Site(site.clone()));
    window.settle();
    window.click(BUTTON);
    window.click("Begin with a list");
    window.click("Meeting room");
    assert_eq!(window.list(&site).unwrap().loads.len(), 3);
    assert!(window.harness.query_by_label("Use for the place").is_none());
    assert!(window.tells("A test site has no facts"));
    // Without the test site its form is gone.
    window.click("Undo");
    window.click("Undo");
    assert!(window.app().view.dialogs.sizing.is_none());
}
