//! Is every panel whole and readable? In both languages, both themes, with text of 100 and 150 %, in a low window: no text
//! is cut off, none lies over another, and all stands out from what is behind it. Read off the shapes that are drawn.

use std::fmt::Write as _;

use egui::epaint::{ClippedShape, TextShape};
use egui::{Color32, Rect, Shape};
use egui_kittest::kittest::{By, Queryable};
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
use sotplan::ui::App;
use sotplan::ui::state::{
    AreasShown, CompareTab, CrisisTab, Draft, EvidenceDraft, FollowTab, Height, Leaving, MapMode, NewService,
    PathField, PathUse, PlanTab, Selection, SizingForm, StatusDraft, StepId, TableId,
};

use crate::bench::Window;

const STEPS: [&str; 7] = ["data", "reach", "places", "compare", "plan", "follow", "crisis"];

/// A text as it is drawn.
struct Text {
    rect: Rect,
    clip: Rect,
    words: String,
    colour: Color32,
    /// The surface behind it.
    behind: Option<Color32>,
    is_elided: bool,
    size: f32,
    /// Of all shapes.
    turn: usize,
}

/// Everything drawn in the last frame.
struct Seen {
    texts: Vec<Text>,
    /// Surfaces that hide what is below, and when they were drawn.
    fills: Vec<(usize, Rect)>,
}

impl Seen {
    fn of(window: &Window) -> Self {
        let mut flat = Vec::new();
        for ClippedShape { clip_rect, shape, .. } in &window.harness.output().shapes {
            flatten(*clip_rect, shape, &mut flat);
        }
        let mut seen = Self { texts: Vec::new(), fills: Vec::new() };
        let mut surfaces: Vec<(Rect, Color32)> = Vec::new();
        for (turn, (clip, shape)) in flat.into_iter().enumerate() {
            match shape {
                Shape::Rect(of) if of.fill.a() == 255 => {
                    let rect = of.rect.intersect(clip);
                    surfaces.push((rect, of.fill));
                    seen.fills.push((turn, rect));
                }
                Shape::Text(of) => {
                    let behind =
                        |rect: Rect| surfaces.iter().rev().find(|(fill, _)| fill.contains(rect.center()));
                    seen.texts.extend(rows_of(&of, clip, turn, |rect| behind(rect).map(|(_, fill)| *fill)));
                }
                _ => {}
            }
        }
        seen
    }
}

fn flatten(clip: Rect, shape: &Shape, out: &mut Vec<(Rect, Shape)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| flatten(clip, shape, out)),
        Shape::Rect(_) | Shape::Text(_) => out.push((clip, shape.clone())),
        _ => {}
    }
}

/// The rows of a text: one that begins in the middle of a line covers no rectangle.
fn rows_of(of: &TextShape, clip: Rect, turn: usize, behind: impl Fn(Rect) -> Option<Color32>) -> Vec<Text> {
    let Some(section) = of.galley.job.sections.first() else { return Vec::new() };
    let colour = of.override_text_color.unwrap_or(section.format.color);
    let colour = if colour == Color32::PLACEHOLDER { of.fallback_color } else { colour };
    let (size, is_elided) = (section.format.font_id.size, of.galley.elided);
    let rows = of.galley.rows.iter().map(|row| {
        let rect = row.row.visuals.mesh_bounds.translate(row.pos.to_vec2() + of.pos.to_vec2());
        let text: String = row.row.glyphs.iter().map(|glyph| glyph.chr).collect();
        Text { rect, clip, words: text, colour, behind: behind(rect), is_elided, size, turn }
    });
    rows.filter(|row| !row.words.trim().is_empty() && row.rect.is_positive() && clip.intersects(row.rect))
        .collect()
}

/// The ratio of luminance by WCAG 2.2, of a colour over a surface.
fn contrast(text: Color32, surface: Color32) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let linear = colour
            .map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let parts = |colour: Color32| [colour.r(), colour.g(), colour.b()].map(|part| f64::from(part) / 255.0);
    let share = f64::from(text.a()) / 255.0;
    let (above, below) = (parts(text), parts(surface));
    let mixed = [0, 1, 2].map(|at| above[at] + below[at] * (1.0 - share));
    let (a, b) = (luminance(mixed), luminance(below));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What is wrong with what is seen.
fn faults(window: &Window) -> String {
    let seen = Seen::of(window);
    let view = &window.app().view;
    // Tables scroll sideways and columns are as wide as one draws them; names on the map have tests of their own.
    let map = view.map.rect;
    let sheet = Rect::from_min_max(egui::pos2(map.left(), map.bottom()), egui::pos2(map.right(), 4000.0));
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime")]
    let disabled: Vec<Rect> = window
        .harness
        .query_all(By::new().predicate(|node| node.is_disabled()))
        .map(|node| node.rect())
        .collect();
    let mut out = String::new();
    for (at, text) in seen.texts.iter().enumerate() {
        // What the map draws itself may stand half outside it.
        let is_of_map = map.expand(2.0).contains_rect(text.clip) || map.contains(text.rect.center());
        let on_map = is_of_map && text.clip.contains_rect(map.shrink(2.0));
        let in_sheet = sheet.expand(8.0).contains_rect(text.clip);
        let words: String = text.words.chars().take(60).collect();
        let is_off = disabled.iter().any(|rect| rect.expand(2.0).contains(text.rect.center()));
        if !on_map && !in_sheet {
            if text.is_elided {
                let _ = writeln!(out, "shortened: {words}");
            }
            if text.rect.left() < text.clip.left() - 1.5 || text.rect.right() > text.clip.right() + 1.5 {
                let _ = writeln!(out, "cut off: {words} {:?} in {:?}", text.rect, text.clip);
            }
        }
        if let Some(behind) = text.behind.filter(|_| !on_map && !is_off) {
            let ratio = contrast(text.colour, behind);
            // Large text may have less, by WCAG 1.4.3, and so may signs, by 1.4.11.
            let is_sign =
                text.words.chars().all(|c| ('\u{e000}'..='\u{f8ff}').contains(&c) || c.is_whitespace());
            let least = if text.size >= 22.0 || is_sign { 3.0 } else { 4.5 };
            if ratio < least {
                let _ = writeln!(out, "faint ({ratio:.2}): {words} {:?} on {behind:?}", text.colour);
            }
        }
        for other in seen.texts[..at].iter().filter(|_| !on_map) {
            let shared = other.rect.intersect(text.rect).intersect(other.clip).intersect(text.clip);
            let is_hidden = || {
                let between = |(turn, _): &&(usize, Rect)| *turn > other.turn && *turn < text.turn;
                seen.fills.iter().filter(between).any(|(_, fill)| fill.expand(1.0).contains_rect(shared))
            };
            if shared.width() > 2.0 && shared.height() > 3.0 && other.words != text.words && !is_hidden() {
                let under: String = other.words.chars().take(60).collect();
                let _ = writeln!(out, "over each other: {under} | {words} at {shared:?}");
            }
        }
    }
    out
}

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
    for purpose in [PathUse::OpenRoads, PathUse::SaveProject, PathUse::SaveMap, PathUse::ComparePipos] {
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

/// The measure itself sees what it is for.
#[test]
fn what_cannot_be_read_is_seen() {
    assert!(contrast(Color32::BLACK, Color32::WHITE) > 20.9);
    assert!((contrast(Color32::from_gray(0x76), Color32::WHITE) - 4.54).abs() < 0.01);
    let mut harness = egui_kittest::Harness::new_ui(|ui| {
        ui.set_max_width(60.0);
        ui.add(egui::Label::new("a long line that does not fit").truncate());
    });
    harness.run_steps(2);
    let is_short = |shape: &ClippedShape| matches!(&shape.shape, Shape::Text(text) if text.galley.elided);
    assert!(harness.output().shapes.iter().any(is_short));
}
