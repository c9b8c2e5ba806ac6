//! Do map pages and reports leave the window, with what stands in their forms?

use sotplan::app::command::Command;
use sotplan::model::Compared;
use sotplan::model::outage::Preset;
use sotplan::report::{MapFormat, ReportFormat};
use sotplan::ui::state::{MapView, PathField, PathUse, ReportAbout};

use crate::bench::Window;

/// Opens a form by its key, lets it be filled in, and saves to a file of the window's folder.
fn saved(window: &mut Window, key: egui::Key, save: &str, name: &str) -> String {
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, key);
    window.harness.run_steps(2);
    window.click(save);
    window.harness.run_steps(2);
    let text = window.file(name).display().to_string();
    let field = window.harness.state_mut().view.dialogs.path_field.as_mut();
    field.unwrap_or_else(|| panic!("no path is asked for")).text = text;
    window.harness.run_steps(2);
    window.click("OK");
    window.settle();
    window.messages().join("\n")
}

#[test]
fn a_report_has_what_stands_in_its_form_and_is_remembered() {
    let mut window = Window::open(Vec::new());
    let results = window.app().session.results.clone().expect("results");
    let places =
        ["Hallen", "Ottsjö"].map(|name| sotplan::app::comparing::find(name, &results, &[]).expect("it"));
    let compared = Compared { places: places.into(), plans: Vec::new(), reference: None };
    window.harness.state_mut().session.edit(Command::Compare(compared), None);
    window.settle();
    let form = &mut window.harness.state_mut().view.dialogs.report_form;
    (form.format, form.reference, form.organisation) =
        (ReportFormat::Html, "KS 2026/7".into(), "Åre kommun".into());
    form.proposal = "Nämnden beslutar att gå vidare med Hallen.".into();
    let said = saved(&mut window, egui::Key::R, "Save the report…", "report.html");
    let html = std::fs::read_to_string(window.file("report.html")).unwrap_or_else(|_| panic!("{said}"));
    for phrase in ["KS 2026/7", "Åre kommun", "Nämnden beslutar", "SOT point in Hallen or Ottsjö", "--demo"]
    {
        assert!(html.contains(phrase), "no “{phrase}”");
    }
    let app = window.app();
    assert_eq!(app.settings.organisation, "Åre kommun");
    assert_eq!(
        app.view.dialogs.report_form.about,
        Some(ReportAbout::Compared),
        "what lies side by side is first"
    );
    // The same from the command line, but for how it is made again.
    let out = window.file("same.html");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_sotplan"))
        .args(["report", "--demo", "--places", "Hallen,Ottsjö", "--lang", "en", "--reference", "KS 2026/7"])
        .args(["--organisation", "Åre kommun", "--date", &app.view.dialogs.report_form.date, "--out"])
        .arg(&out)
        .args(["--proposal", "Nämnden beslutar att gå vidare med Hallen."])
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let without =
        |html: &str| html.lines().filter(|line| !line.contains("sotplan report")).collect::<String>();
    let same = std::fs::read_to_string(out).expect("a file");
    assert!(without(&html) == without(&same), "window and command line write the same report");
}

#[test]
fn a_logotype_that_is_none_is_said_and_nothing_is_written() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().view.dialogs.report_form.logo = "Cargo.toml".into();
    let said = saved(&mut window, egui::Key::R, "Save the report…", "report.docx");
    assert!(said.contains("Cargo.toml") && said.contains("PNG"), "{said}");
    assert!(!window.file("report.docx").exists());
}

#[test]
fn map_pages_are_of_what_is_seen_or_of_every_municipality() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().view.dialogs.map_form.format = MapFormat::Svg;
    let said = saved(&mut window, egui::Key::P, "Save…", "map.svg");
    let svg = std::fs::read_to_string(window.file("map.svg")).unwrap_or_else(|_| panic!("{said}"));
    assert!(svg.contains("SWEREF 99 TM") && svg.contains("the way to the nearest grocery store"));
    let form = &mut window.harness.state_mut().view.dialogs.map_form;
    (form.format, form.view) = (MapFormat::Pdf, MapView::EachArea);
    let said = saved(&mut window, egui::Key::P, "Save…", "atlas.pdf");
    let bytes = std::fs::read(window.file("atlas.pdf")).unwrap_or_else(|_| panic!("{said}"));
    let is_page = |part: &&[u8]| *part == b"/Type/Page/";
    assert_eq!(bytes.windows(11).filter(is_page).count(), 8, "a page for each municipality");
}

#[test]
fn a_report_that_cannot_be_written_says_so() {
    let mut window = Window::open(Vec::new());
    window.harness.state_mut().view.dialogs.path_field = Some(PathField {
        purpose: PathUse::SaveReport(ReportFormat::Pdf),
        text: "/nowhere/at/all/report".into(),
    });
    window.harness.run_steps(2);
    window.harness.state_mut().view.dialogs.report_form.about = Some(ReportAbout::Preset(Preset::Storm24));
    window.click("OK");
    window.settle();
    let said = window.messages().join("\n");
    assert!(said.contains("report.pdf"), "the ending is added, and the folder is missed: {said}");
}
