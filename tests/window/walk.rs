//! Is every panel whole and readable? In both languages, both themes, with text of 100 and 150 %, in a low window: no text
//! is cut off, none lies over another, and all stands out from what is behind it. Read off the shapes that are drawn.

use std::fmt::Write as _;

use sotplan::app::command::Command;
use sotplan::app::following::{FollowChange, StepChange};
use sotplan::app::outage::OutageChange;
use sotplan::app::settings::Theme;
use sotplan::app::sizing::listed_at;
use sotplan::geometry::LonLat;
use sotplan::lang::Lang;
use sotplan::model::outage::LoadList;
use sotplan::model::outage::{Part, Preset};
use sotplan::model::process::{ProcessStep, StepState, When};
use sotplan::model::{
    Compared, LoadHours, PowerAssumptions, ServiceKind, Side, SiteId, SotStatus, TrialId, TrialPoint,
};
use sotplan::power::templates::Template;
use sotplan::report::{MapFormat, ReportFormat};
use sotplan::ui::App;
use sotplan::ui::state::{
    AreasShown, CompareTab, CrisisTab, Draft, EvidenceDraft, FollowTab, Height, Leaving, MapMode, NewService,
    PathField, PathUse, PlanTab, Selection, SizingForm, StatusDraft, StepId, TableId,
};

use crate::bench::Window;
use crate::seen::faults;

const STEPS: [&str; 7] = ["data", "reach", "places", "compare", "plan", "follow", "crisis"];

/// What is looked at: a name, and how one gets there.
type Stop = (&'static str, fn(&mut App));

fn selected_site(app: &App) -> SiteId {
    let results = app.session.results.as_ref().unwrap();
    results.candidates.iter().find(|candidate| candidate.sot.is_some()).unwrap().site.clone()
}

const STOPS: [Stop; 28] = [
    ("as it opens", |_| {}),
    ("table of places", |app| app.view.open_table(TableId::Places)),
    ("table of municipalities", |app| app.view.open_table(TableId::Areas)),
    ("county table", |app| {
        app.view.tables.areas = AreasShown::County;
        app.view.open_table(TableId::Areas);
    }),
    ("municipality sheet", |app| {
        app.view.area = Some("Härjedalen".into());
        app.view.tables.areas = AreasShown::Sheet;
        app.view.open_table(TableId::Areas);
    }),
    ("table of gaps", |app| app.view.open_table(TableId::Gaps)),
    ("coverage curve", |app| app.view.open_table(TableId::Curve)),
    ("critical roads", |app| app.view.open_table(TableId::Critical)),
    ("attributes", |app| app.view.open_table(TableId::Features)),
    ("a place", |app| {
        let site = selected_site(app);
        app.view.selection = Some(Selection::Site(site));
    }),
    ("a gap", |app| {
        let results = app.session.results.clone().unwrap();
        let (gap, _) = &results.kind(app.view.kind).unwrap().gaps[0];
        let origin = results.situation.demand.origins[gap.cells[0] as usize];
        app.view.selection = Some(Selection::Gap(app.view.kind, origin));
    }),
    ("a municipality", |app| {
        let area = &app.session.results.as_ref().unwrap().situation.areas[0];
        app.view.selection = Some(Selection::Area(area.layer, area.feature_ix));
    }),
    ("a cell", |app| {
        let origin = app.session.results.as_ref().unwrap().situation.demand.origins[0];
        app.view.selection = Some(Selection::Cell(origin));
    }),
    ("services of another kind", |app| {
        app.view.kind = ServiceKind::Fuel;
        app.view.open_table(TableId::Places);
    }),
    ("one municipality", |app| {
        app.view.area = Some("Krokom".into());
        app.view.open_table(TableId::Places);
    }),
    ("measuring", |app| {
        app.view.mode = MapMode::Measure;
        app.view.map.measured = vec![LonLat::new(14.5, 63.2), LonLat::new(14.9, 63.4)];
    }),
    ("a test site", |app| {
        let trial = TrialPoint { id: TrialId(1), name: "Test site 1".into(), place: LonLat::new(14.5, 63.2) };
        if app.session.project().trials.is_empty() {
            app.session.edit(Command::AddTrial(trial), None);
        }
        app.view.selection = Some(Selection::Site(SiteId::Trial(TrialId(1))));
    }),
    ("history", |app| app.view.dialogs.shows_history = true),
    ("closing", |app| app.view.dialogs.leaving = Some(Leaving::Close)),
    ("start page", |app| app.view.dialogs.shows_start = true),
    ("settings", |app| app.view.dialogs.shows_settings = true),
    ("about", |app| app.view.dialogs.shows_about = true),
    ("search", |app| app.view.dialogs.search = Some("Ha".into())),
    ("a fact", |app| {
        let (site, evidence) = (selected_site(app), EvidenceDraft::of("2026-01-01"));
        let (value, note) = (String::new(), String::new());
        app.view.dialogs.fact = Some(Draft { site, attribute: "staffing", value, evidence, note });
    }),
    ("a status", |app| {
        let (site, evidence) = (selected_site(app), EvidenceDraft::of("2026-01-01"));
        let (name, status, date) = ("Kall".into(), SotStatus::Paused, "2024-Q2".into());
        app.view.dialogs.status =
            Some(StatusDraft { site, name, status, date, in_favour_of: None, evidence });
    }),
    ("reserve power, no list", |app| size_kall(app, None)),
    ("reserve power", |app| size_kall(app, Some(Template::LargeStore))),
    ("a new store", |app| {
        let (kind, name, evidence) = (ServiceKind::Grocery, String::new(), EvidenceDraft::of("2026-01-01"));
        let place = LonLat::new(14.5, 63.2);
        app.view.dialogs.new_service = Some(NewService { kind, place, name, evidence, moving: None });
    }),
];

/// The form of a place's reserve power, with everything that it can say.
fn size_kall(app: &mut App, template: Option<Template>) {
    let results = app.session.results.clone().unwrap();
    let candidate = results.candidates.iter().find(|candidate| candidate.sot.is_some()).unwrap();
    let site = listed_at(candidate, &results.situation);
    if let Some(template) = template {
        let mut loads = template.loads_in(app.settings.lang);
        loads[0].hours = LoadHours::Between(8, 17);
        let assumed = PowerAssumptions {
            heater_kw: 50.0,
            tank_litres: Some(300.0),
            litre_price: Some(20.0),
            ..PowerAssumptions::default()
        };
        let list = Some(Box::new(LoadList { loads, assumed }));
        app.session.edit(Command::Outage(OutageChange::Loads(site.clone(), list)), None);
    }
    app.view.dialogs.sizing = Some(SizingForm::of(site));
}

/// Something late, blocked and planned at a place, and its status being set.
fn follow_hallen(app: &mut App) {
    let results = app.session.results.clone().unwrap();
    let sot = results.situation.sot_places.iter().find(|sot| sot.name == "Hallen").unwrap();
    let (site, step) = (sot.site.clone(), ProcessStep::Construction);
    for change in [
        StepChange::State(StepState::UnderWay),
        StepChange::Planned(When::parse("2024-Q2")),
        StepChange::Margin(Some(8)),
        StepChange::BlockedBy("bygglovet är överklagat".into()),
    ] {
        app.session.edit(Command::Follow(site.clone(), FollowChange::Step(step, change)), None);
    }
}

/// Closes everything that a stop has opened.
fn close_all(app: &mut App) {
    app.view.dialogs = sotplan::ui::state::DialogsState::default();
    app.view.selection = None;
    app.view.mode = MapMode::Browse;
    app.view.kind = ServiceKind::Grocery;
    app.view.area = None;
    app.view.tables.areas = AreasShown::Reach;
    app.view.map.measured.clear();
    for step in STEPS {
        app.view.sheet.set_open(StepId(step), false);
        app.view.sheet.set_height(StepId(step), Height::Half);
    }
}

/// Villages side by side, as high as the sheet goes.
fn beside(window: &mut Window, look: &mut dyn FnMut(&mut Window, &str, &str)) {
    let results = window.app().session.results.clone().unwrap();
    let site = |name: &str| sotplan::app::comparing::find(name, &results, &[]).unwrap();
    let places = ["Valsjöbyn", "Rötviken", "Storlien"].map(site).to_vec();
    let reference = places.first().cloned().map(Side::Place);
    let compared = Compared { places, reference, ..Compared::default() };
    let app = window.harness.state_mut();
    app.session.edit(Command::Compare(compared), None);
    (app.view.step, app.view.compare.tab) = (StepId("compare"), CompareTab::Beside);
    for height in [Height::Half, Height::Full] {
        app.view.sheet.set_open(StepId("compare"), true);
        app.view.sheet.set_height(StepId("compare"), height);
    }
    look(window, "compare", "villages side by side");
}

/// A storm of three days, hour 24, and every table of it.
fn crisis(window: &mut Window, lang: Lang, look: &mut dyn FnMut(&mut Window, &str, &str)) {
    let scenario = Preset::Ice72.scenario(1, lang);
    let app = window.harness.state_mut();
    app.session.edit(Command::Outage(OutageChange::Keep(Box::new(scenario))), None);
    (app.view.step, app.view.crisis.hour) = (StepId::CRISIS, 24);
    look(window, "crisis", "a storm");
    for tab in [
        CrisisTab::Curve,
        CrisisTab::Clocks,
        CrisisTab::Chain,
        CrisisTab::Municipalities,
        CrisisTab::Gaps,
        CrisisTab::Fuel,
        CrisisTab::Best,
        CrisisTab::Scenarios,
        CrisisTab::Assumptions,
    ] {
        let view = &mut window.harness.state_mut().view;
        (view.crisis.tab, view.crisis.part) = (tab, Some(Part::Telecom));
        view.sheet.set_open(StepId::CRISIS, true);
        view.sheet.set_height(StepId::CRISIS, Height::Full);
        look(window, "crisis", &format!("{tab:?}"));
    }
}

#[expect(clippy::too_many_lines, reason = "one way through the window, stop by stop")]
fn walk(lang: Lang, theme: Theme, scale: f32) {
    let mut window = Window::open(Vec::new());
    window.harness.set_size([1280.0, 720.0].into());
    let app = window.harness.state_mut();
    (app.settings.lang, app.settings.theme, app.settings.scale) = (lang, theme, scale);
    app.session.notices.clear();
    let mut found = String::new();
    let mut look = |window: &mut Window, step: &str, name: &str| {
        window.settle();
        window.harness.run_steps(4);
        let faults = faults(window);
        if !faults.is_empty() {
            let _ = write!(found, "--- {step}, {name}\n{faults}");
        }
    };
    for step in STEPS {
        for (name, go) in STOPS {
            // What lies over every step alike is looked at once.
            let is_everywhere = matches!(
                name,
                "start page"
                    | "settings"
                    | "about"
                    | "search"
                    | "a new store"
                    | "reserve power, no list"
                    | "reserve power"
                    | "measuring"
                    | "history"
                    | "closing"
            );
            if is_everywhere && step != "reach" {
                continue;
            }
            close_all(window.harness.state_mut());
            window.harness.state_mut().view.step = StepId(step);
            go(window.harness.state_mut());
            look(&mut window, step, name);
        }
    }
    close_all(window.harness.state_mut());
    for tab in [CompareTab::Flags, CompareTab::Ranking, CompareTab::Pairwise] {
        let view = &mut window.harness.state_mut().view;
        view.step = StepId("compare");
        view.compare.tab = tab;
        view.sheet.set_open(StepId("compare"), true);
        look(&mut window, "compare", &format!("{tab:?}"));
    }
    beside(&mut window, &mut look);
    let tabs = [
        PlanTab::Chosen,
        PlanTab::Roles,
        PlanTab::Others,
        PlanTab::Curve,
        PlanTab::Order,
        PlanTab::Scenarios,
    ];
    for tab in tabs {
        let view = &mut window.harness.state_mut().view;
        view.step = StepId("plan");
        view.plan.tab = tab;
        view.sheet.set_open(StepId("plan"), true);
        look(&mut window, "plan", &format!("{tab:?}"));
    }
    close_all(window.harness.state_mut());
    follow_hallen(window.harness.state_mut());
    for tab in
        [FollowTab::Board, FollowTab::Timeline, FollowTab::Concerns, FollowTab::Municipality, FollowTab::Log]
    {
        let view = &mut window.harness.state_mut().view;
        view.area = Some("Åre".into()).filter(|_| tab == FollowTab::Municipality);
        view.step = StepId::FOLLOW;
        view.follow.tab = tab;
        view.sheet.set_open(StepId::FOLLOW, true);
        look(&mut window, "follow", &format!("{tab:?}"));
    }
    close_all(window.harness.state_mut());
    window.harness.state_mut().view.step = StepId("plan");
    window.harness.run_steps(2);
    window.click(lang.pick("Hitta bästa planen", "Find the best plan"));
    for tab in tabs {
        let view = &mut window.harness.state_mut().view;
        view.plan.tab = tab;
        view.sheet.set_open(StepId("plan"), true);
        look(&mut window, "plan found", &format!("{tab:?}"));
    }
    close_all(window.harness.state_mut());
    crisis(&mut window, lang, &mut look);
    for at in 0..5 {
        close_all(window.harness.state_mut());
        window.harness.state_mut().view.dialogs.tour = Some(at);
        look(&mut window, "tour", &at.to_string());
    }
    for screen in [false, true] {
        close_all(window.harness.state_mut());
        let form = &mut window.harness.state_mut().view.dialogs.map_form;
        (form.is_open, form.is_screen, form.format) = (true, screen, MapFormat::Png);
        look(&mut window, "map page", &format!("screen {screen}"));
    }
    close_all(window.harness.state_mut());
    window.harness.state_mut().view.dialogs.report_form.is_open = true;
    look(&mut window, "report", "form");
    let purposes = [
        PathUse::OpenRoads,
        PathUse::SaveProject,
        PathUse::SaveMap(MapFormat::Pdf),
        PathUse::SaveReport(ReportFormat::Docx),
        PathUse::ComparePipos,
    ];
    for purpose in purposes {
        close_all(window.harness.state_mut());
        let text = "projekt.gpkg".to_owned();
        window.harness.state_mut().view.dialogs.path_field = Some(PathField { purpose, text });
        look(&mut window, "path", &format!("{purpose:?}"));
    }
    assert!(found.is_empty(), "{lang:?}, {theme:?}, {scale}:\n{found}");
}

#[test]
fn in_swedish_and_light() {
    walk(Lang::Sv, Theme::Light, 1.0);
}

#[test]
fn in_swedish_and_dark_with_large_text() {
    walk(Lang::Sv, Theme::Dark, 1.5);
}

#[test]
fn in_swedish_and_light_with_large_text() {
    walk(Lang::Sv, Theme::Light, 1.5);
}

#[test]
fn in_swedish_and_dark() {
    walk(Lang::Sv, Theme::Dark, 1.0);
}

#[test]
fn in_english_and_light() {
    walk(Lang::En, Theme::Light, 1.0);
}

#[test]
fn in_english_and_dark() {
    walk(Lang::En, Theme::Dark, 1.0);
}

#[test]
fn in_english_and_light_with_large_text() {
    walk(Lang::En, Theme::Light, 1.5);
}

#[test]
fn in_english_and_dark_with_large_text() {
    walk(Lang::En, Theme::Dark, 1.5);
}
