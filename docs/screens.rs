//! Makes the pictures of the window that the documents show: each step, in both themes and sizes, without a display.
//! `cargo run --release --example make-screens -- [--out FOLDER] [--only STEP] [--size 1280x800] [--theme light|dark]
//! [--lang sv|en] [--scale 1.5] [FILE …]`; without files, the example. It needs a graphics driver, which may be one of software.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "it says what it wrote, and stops at its first surprise"
)]

use std::path::{Path, PathBuf};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::following::{FollowChange, StepChange};
use sotplan::app::outage::OutageChange;
use sotplan::app::settings::Theme;
use sotplan::app::siting::scenario::PlanChange;
use sotplan::app::siting::{Amount, Question as PlanQuestion};
use sotplan::io::settings_file::Folders;
use sotplan::lang::Lang;
use sotplan::model::outage::{LoadList, Preset};
use sotplan::model::process::{Answer, ProcessStep, Question, QuestionNote, StatusSet, StepState, When};
use sotplan::model::{Compared, Evidence, EvidenceKind, PowerAssumptions, Side, SiteId, SotStatus};
use sotplan::power::templates::Template;
use sotplan::ui::App;
use sotplan::ui::state::{AreasShown, CrisisTab, FollowTab, Height, PlanTab, StepId, TableId};

/// Brings a window to where it is pictured.
type SetUp = fn(&mut Shot<'_>);

/// What is pictured: the first part of its file's name, and how one gets there.
const SHOTS: [(&str, SetUp); 35] = [
    ("start", |shot| shot.app().view.dialogs.shows_start = true),
    ("data", |shot| shot.step("data")),
    ("import", |shot| {
        shot.step("data");
        let path = std::env::temp_dir().join("kommunens lista 2026.csv");
        std::fs::write(&path, LIST).expect("a file to look at");
        shot.app().session.look_at(path, None);
        shot.settle();
    }),
    ("join", |shot| {
        shot.step("data");
        let folder = std::env::temp_dir();
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            std::fs::write(&path, text).expect("a file to look at");
            path
        };
        let villages = write("orter.csv", VILLAGES);
        let path = write("Platser i serviceplanen.csv", PLACES);
        shot.app().session.look_at(path, None);
        shot.settle();
        let join = sotplan::app::import::join(&villages, None, sotplan::model::Gives::Places);
        shot.app().session.join_draft(0, join);
        shot.settle();
    }),
    ("export", |shot| {
        shot.step("data");
        shot.app().view.dialogs.path_field = Some(sotplan::ui::state::PathField {
            purpose: sotplan::ui::state::PathUse::Export(sotplan::app::exports::Export::Cells),
            text: "/home/anna/demand.geojson".into(),
        });
    }),
    ("reach", |shot| shot.step("reach")),
    ("gap", |shot| {
        shot.step("reach");
        shot.app().view.open_table(TableId::Gaps);
        shot.settle();
        let results = shot.app().session.results.clone().expect("results");
        let kind = shot.app().view.kind;
        let gaps = &results.kind(kind).expect("the kind").gaps;
        let first = gaps.first().and_then(|(gap, _)| gap.cells.first()).expect("a gap");
        let origin = results.situation.demand.origins[*first as usize];
        shot.app().view.selection = Some(sotplan::ui::state::Selection::Gap(kind, origin));
    }),
    ("places", |shot| {
        shot.step("places");
        shot.app().view.open_table(TableId::Places);
    }),
    ("compare", |shot| {
        shot.step("compare");
        shot.app().view.sheet.set_open(StepId("compare"), true);
    }),
    ("villages", |shot| {
        let project = shot.app().session.project().clone();
        let results = shot.app().session.results.clone().expect("results");
        let names: &[&str] = if shot.app().view.map.rect.width() > 1_200.0 {
            &["Valsjöbyn", "Rötviken", "Föllinge", "Hallen", "Storlien", "Kall"]
        } else {
            &["Valsjöbyn", "Rötviken", "Föllinge"]
        };
        let find = |name: &&str| sotplan::app::comparing::find(name, &results, &project.trials).ok();
        let places: Vec<_> = names.iter().filter_map(find).collect();
        let reference = places.get(1).cloned().map(Side::Place);
        let compared = Compared { places, plans: Vec::new(), reference };
        shot.app().session.edit(sotplan::app::command::Command::Compare(compared), None);
        shot.step("compare");
        let view = &mut shot.app().view;
        view.compare.tab = sotplan::ui::state::CompareTab::Beside;
        view.sheet.set_open(StepId::COMPARE, true);
        view.sheet.set_height(StepId::COMPARE, sotplan::ui::state::Height::Full);
    }),
    ("county", |shot| shot.areas(AreasShown::County)),
    ("municipality", |shot| {
        shot.follow_hallen();
        shot.app().view.area = Some("Åre".into());
        shot.areas(AreasShown::Sheet);
    }),
    ("plan", |shot| {
        shot.step("plan");
        shot.click(["Hitta bästa planen", "Find the best plan"]);
    }),
    ("follow", |shot| shot.following(FollowTab::Board)),
    ("timeline", |shot| shot.following(FollowTab::Timeline)),
    ("followed", |shot| {
        let hallen = shot.follow_hallen();
        shot.step("follow");
        shot.app().view.selection = Some(sotplan::ui::state::Selection::Site(hallen));
    }),
    ("report", |shot| {
        let results = shot.app().session.results.clone().expect("results");
        let hallen = sotplan::app::comparing::find("Hallen", &results, &[]).expect("Hallen");
        shot.app().view.selection = Some(sotplan::ui::state::Selection::Site(hallen));
        let form = &mut shot.app().view.dialogs.report_form;
        (form.is_open, form.reference) = (true, "KS 2026/123".into());
        (form.organisation, form.author) = ("Åre kommun".into(), "Anna Öberg".into());
    }),
    ("map-page", |shot| {
        shot.step("reach");
        shot.app().view.dialogs.map_form.is_open = true;
    }),
    ("power", |shot| {
        let results = shot.app().session.results.clone().expect("results");
        let hallen = sotplan::app::comparing::find("Hallen", &results, &[]).expect("Hallen");
        let host = results.candidates.iter().find(|candidate| candidate.site == hallen).expect("a store");
        let hallen = sotplan::app::sizing::listed_at(host, &results.situation);
        let lang = shot.app().settings.lang;
        let assumed = PowerAssumptions { tank_litres: Some(500.0), ..PowerAssumptions::default() };
        let list = LoadList { loads: Template::LargeStore.loads_in(lang), assumed };
        let change = OutageChange::Loads(hallen.clone(), Some(Box::new(list)));
        shot.app().session.edit(Command::Outage(change), None);
        shot.step("places");
        shot.app().view.selection = Some(sotplan::ui::state::Selection::Site(hallen.clone()));
        shot.app().view.dialogs.sizing = Some(sotplan::ui::state::SizingForm::of(hallen));
    }),
    ("information", |shot| {
        shot.follow_hallen();
        let mut parameters = shot.app().session.project().parameters.clone();
        parameters.detour_factor = 1.45;
        shot.app().session.edit(Command::SetParameters(Box::new(parameters)), None);
        shot.step("data");
        shot.app().view.dialogs.shows_information = true;
        shot.app().session.look_at_files();
        shot.settle();
    }),
    ("merge", |shot| {
        // A colleague's copy: Hallen is followed there, its owner is another.
        let hallen = shot.follow_hallen();
        let path = std::env::temp_dir().join("Åres kopia.gpkg");
        sotplan::io::project_file::save(&path, shot.app().session.project()).expect("a copy");
        for _ in 0..4 {
            shot.app().session.undo();
        }
        let owner = FollowChange::Owner("Krister Berg".into());
        shot.app().session.edit(Command::Follow(hallen, owner), None);
        shot.step("follow");
        shot.app().session.look_at_copy(path);
        shot.settle();
    }),
    ("prices", |shot| {
        shot.step("plan");
        shot.click(["Budget", "Budget"]);
        shot.app().view.plan.tab = PlanTab::Roles;
        shot.open(StepId("plan"), Height::Half);
    }),
    ("plans", |shot| {
        shot.two_plans();
        let [first, second] = [1, 2].map(Side::Plan);
        let results = shot.app().session.results.clone().expect("results");
        let hallen = sotplan::app::comparing::find("Hallen", &results, &[]).expect("Hallen");
        let compared = Compared::default().with(hallen).with(first.clone()).with(second);
        let compared = Compared { reference: Some(first), ..compared };
        shot.app().session.edit(Command::Compare(compared), None);
        shot.step("compare");
        shot.app().view.compare.tab = sotplan::ui::state::CompareTab::Beside;
        shot.open(StepId::COMPARE, Height::Full);
    }),
    ("contested", |shot| {
        let path = std::env::temp_dir().join("Åre SOT.gpkg");
        let _ = std::fs::remove_file(&path);
        shot.app().session.save(path.clone());
        shot.settle();
        let mut theirs = shot.app().session.project().clone();
        theirs.name = "Nils version".into();
        let (who, computer, since) = ("Nils Nord".into(), "KROKOM-7".into(), "2026-11-30T09:12:00".into());
        let by = sotplan::io::OpenBy { who, computer, since };
        let beside = sotplan::io::project_file::Beside { by: Some(&by), ..Default::default() };
        sotplan::io::project_file::save_as(&path, &theirs, &beside, &sotplan::progress::Unwatched)
            .expect("a save");
        shot.follow_hallen();
        shot.app().session.save(path);
        shot.settle();
    }),
    ("rescue", |shot| {
        shot.app().session.left_behind = vec![sotplan::app::session::LeftBehind {
            path: "rescue-1.gpkg".into(),
            of: Some("/home/anna/Documents/SOT/Åre SOT.gpkg".into()),
            version: None,
            name: String::new(),
            at: "2026-11-30T09:12:00".into(),
        }];
    }),
    ("crisis-0", |shot| shot.crisis(0, None)),
    ("crisis-4", |shot| shot.crisis(4, None)),
    ("crisis-24", |shot| shot.crisis(24, Some(CrisisTab::Curve))),
    ("crisis-72", |shot| shot.crisis(72, None)),
    ("crisis-clocks", |shot| shot.crisis(24, Some(CrisisTab::Clocks))),
    ("crisis-chain", |shot| {
        shot.crisis(24, Some(CrisisTab::Chain));
        shot.app().view.crisis.part = Some(sotplan::model::outage::Part::Telecom);
        shot.app().view.sheet.set_height(StepId::CRISIS, Height::Full);
    }),
    ("crisis-fuel", |shot| shot.crisis(24, Some(CrisisTab::Fuel))),
    ("crisis-best", |shot| {
        shot.crisis(24, Some(CrisisTab::Best));
        shot.click(["Hitta platserna", "Find the places"]);
    }),
    ("crisis-scenarios", |shot| {
        let lang = shot.app().settings.lang;
        for (id, preset) in [(2, Preset::Storm24), (3, Preset::Week168)] {
            let scenario = preset.scenario(id, lang);
            shot.app().session.edit(Command::Outage(OutageChange::Keep(Box::new(scenario))), None);
        }
        shot.crisis(24, Some(CrisisTab::Scenarios));
    }),
    ("crisis-assumptions", |shot| shot.crisis(24, Some(CrisisTab::Assumptions))),
];

/// A list as a municipality keeps it.
const LIST: &str = "Butiksnamn;Adress;Typ;Öppet tim/v;x;y
Hallens lanthandel;Hallen 230;Butik;63;455900;7004300
Kalls livs;Kall 110;Butik;55;403100;7042800
Undersåker nära;Undersåker 14;Butik;70;414200;7021900
Automat Edsåsdalen;Edsåsdalen 2;Obemannad;168;407300;7022400
Mattmars handel;Mattmar 7;Butik;48;443600;7018100
Byns mack;Mörsil 5;Drivmedel;168;437900;7021300
Storlien sommarbutik;Storlien 1;Butik;40;;
";

/// A list of villages without coordinates, and a layer of places with names.
const PLACES: &str = "Ort;Kommun;Status\nKall;Åre;in_place\nHallen;2321;procurement\nRötviken;Krokoms kommun;establishing\nStorlien;Åre;not_started\nNybyn;Åre;idea\n";
const VILLAGES: &str = "name,lon,lat\nKall,13.23,63.475\nHallen,14.08,63.17\nRötviken,14.67,63.94\nStorlien,12.1,63.315\nHallen,14.9,62.9\n";

struct Wanted {
    out: PathBuf,
    only: Option<String>,
    sizes: Vec<[f32; 2]>,
    themes: Vec<Theme>,
    lang: Lang,
    scale: f32,
    files: Vec<PathBuf>,
}

impl Wanted {
    fn read() -> Self {
        let mut wanted = Self {
            out: "docs/screens".into(),
            only: None,
            sizes: vec![[1280.0, 800.0], [1920.0, 1080.0]],
            themes: vec![Theme::Light, Theme::Dark],
            lang: Lang::Sv,
            scale: 1.0,
            files: Vec::new(),
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().expect("a value after the option");
            match word.as_str() {
                "--out" => wanted.out = value().into(),
                "--only" => wanted.only = Some(value()),
                "--size" => {
                    let size = value();
                    let (width, height) = size.split_once('x').expect("width x height");
                    let number = |text: &str| text.parse().expect("a number");
                    wanted.sizes = vec![[number(width), number(height)]];
                }
                "--theme" => wanted.themes = vec![if value() == "dark" { Theme::Dark } else { Theme::Light }],
                "--lang" => wanted.lang = if value() == "en" { Lang::En } else { Lang::Sv },
                "--scale" => wanted.scale = value().parse().expect("a number"),
                _ => wanted.files.push(word.into()),
            }
        }
        wanted
    }
}

/// A window that is pictured.
struct Shot<'a> {
    harness: &'a mut Harness<'static, App>,
}

impl Shot<'_> {
    fn app(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    fn step(&mut self, step: &'static str) {
        self.app().view.step = StepId(step);
    }

    fn click(&mut self, names: [&str; 2]) {
        self.settle();
        let name = if self.app().settings.lang == Lang::Sv { names[0] } else { names[1] };
        self.harness.get_by_label(name).click();
        self.harness.run_steps(3);
        self.settle();
    }

    /// What a municipality could have written down of two places.
    fn follow_hallen(&mut self) -> SiteId {
        let results = self.app().session.results.clone().expect("results");
        let site = |name: &str| {
            let mut places = results.situation.sot_places.iter();
            places.find(|sot| sot.name == name).expect("a SOT place").site.clone()
        };
        let (hallen, storlien) = (site("Hallen"), site("Storlien"));
        let when = |text: &str| When::parse(text);
        let said = |who: &str| Evidence { kind: EvidenceKind::Stated, who: who.into(), ..Evidence::none() };
        let date = When::parse("2026-Q2").expect("a quarter");
        let (status, evidence) = (SotStatus::Establishing, said("Eva Ek, Åre kommun"));
        let status = StatusSet { status, date, in_favour_of: None, evidence };
        let mut changes = vec![
            (&hallen, FollowChange::Status(Some(status))),
            (&hallen, FollowChange::Owner("Eva Ek".into())),
        ];
        for question in Question::ALL {
            let note = QuestionNote { answer: Answer::Yes, evidence: said("Eva Ek") };
            changes.push((&hallen, FollowChange::Question(question, note)));
        }
        let step = |step, change| FollowChange::Step(step, change);
        for (of, done) in [
            (ProcessStep::Support, "2024-05"),
            (ProcessStep::Procurement, "2025-03"),
            (ProcessStep::Requirements, "2025-06"),
        ] {
            changes.push((&hallen, step(of, StepChange::State(StepState::Done))));
            changes.push((&hallen, step(of, StepChange::Done(when(done)))));
        }
        let build = ProcessStep::Construction;
        for change in [
            StepChange::State(StepState::UnderWay),
            StepChange::Owner("Nils Nord".into()),
            StepChange::Planned(when("2025-Q3")),
            StepChange::Margin(Some(8)),
            StepChange::BlockedBy("bygglovet är överklagat".into()),
        ] {
            changes.push((&hallen, step(build, change)));
        }
        changes.push((&hallen, step(ProcessStep::Digging, StepChange::Planned(when("2026-05")))));
        changes.push((&hallen, step(ProcessStep::Digging, StepChange::Margin(Some(6)))));
        changes.push((&storlien, step(ProcessStep::Support, StepChange::State(StepState::UnderWay))));
        changes.push((&storlien, step(ProcessStep::Support, StepChange::Planned(when("2026-Q1")))));
        for (site, change) in changes {
            self.app().session.edit(Command::Follow(site.clone(), change), None);
        }
        self.settle();
        hallen
    }

    /// What the table of municipalities shows, as high as the sheet goes.
    fn areas(&mut self, shown: AreasShown) {
        self.step("reach");
        let view = &mut self.app().view;
        view.tables.areas = shown;
        view.sheet.set_height(StepId::REACH, Height::Full);
        view.open_table(TableId::Areas);
    }

    /// An ice storm of three days, an hour of it, and a table.
    fn crisis(&mut self, hour: usize, tab: Option<CrisisTab>) {
        self.step("crisis");
        let lang = self.app().settings.lang;
        let scenario = Preset::Ice72.scenario(1, lang);
        let keep = OutageChange::Keep(Box::new(scenario));
        self.app().session.edit(Command::Outage(keep), None);
        let state = &mut self.app().view.crisis;
        (state.hour, state.chosen) = (hour, Some(1));
        if let Some(tab) = tab {
            state.tab = tab;
            self.open(StepId::CRISIS, Height::Half);
        }
        self.settle();
    }

    /// The table of a step, so high.
    fn open(&mut self, step: StepId, height: Height) {
        let view = &mut self.app().view;
        view.sheet.set_height(step, height);
        view.sheet.set_open(step, true);
    }

    /// Two saved plans: of nine places, and of five.
    fn two_plans(&mut self) {
        self.step("plan");
        for count in [9, 5] {
            let amount = Amount::Sites(count);
            let question = PlanQuestion { amount, ..PlanQuestion::default() };
            self.app().session.edit(Command::Plan(PlanChange::Ask(Box::new(question))), None);
            self.click(["Hitta bästa planen", "Find the best plan"]);
            self.click(["Spara scenario", "Save scenario"]);
        }
    }

    /// The step with a table of it open.
    fn following(&mut self, tab: FollowTab) {
        self.follow_hallen();
        self.step("follow");
        self.app().view.follow.tab = tab;
        self.open(StepId::FOLLOW, Height::Full);
    }

    /// Runs frames until the work is done and drawn.
    fn settle(&mut self) {
        for _ in 0..24_000 {
            self.harness.step();
            let app = self.harness.state();
            if app.session.results.is_some() && !app.session.is_busy() && app.is_drawn() {
                self.harness.run_steps(4);
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }
}

fn main() {
    let wanted = Wanted::read();
    std::fs::create_dir_all(&wanted.out).expect("a folder to write to");
    for size in &wanted.sizes {
        for theme in &wanted.themes {
            for (name, set_up) in SHOTS {
                if wanted.only.as_deref().is_some_and(|only| only != name) {
                    continue;
                }
                let path = wanted.out.join(file_name(name, *size, *theme));
                picture(&wanted, *size, *theme, set_up, &path);
                println!("{}", path.display());
            }
        }
    }
}

fn file_name(name: &str, size: [f32; 2], theme: Theme) -> String {
    let theme = if theme == Theme::Dark { "dark" } else { "light" };
    format!("{name}-{}-{theme}.png", size[0])
}

/// Writes a picture as small as it gets without a difference that is seen: steps of colour of a sixty-fourth.
fn write(picture: &image::RgbImage, path: &Path) {
    let mut picture = picture.clone();
    for pixel in picture.pixels_mut() {
        pixel.0 = pixel.0.map(|part| if part > 0xf8 { part } else { (part & 0xfc) | (part >> 6) });
    }
    let file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file to write to"));
    let quality = (CompressionType::Best, FilterType::Adaptive);
    let encoder = PngEncoder::new_with_quality(file, quality.0, quality.1);
    picture.write_with_encoder(encoder).expect("the picture is written");
}

fn picture(wanted: &Wanted, size: [f32; 2], theme: Theme, set_up: SetUp, path: &Path) {
    let folder = tempfile::tempdir().expect("a folder");
    let folders = Folders {
        settings: folder.path().join("settings"),
        cache: folder.path().join("cache"),
        rescue: folder.path().join("rescue"),
    };
    let (files, lang, scale) = (wanted.files.clone(), wanted.lang, wanted.scale);
    let mut harness = Harness::builder().with_size(size).wgpu().build_eframe(move |cc| {
        let mut app = App::new(&cc.egui_ctx, Some(folders), Stamp { date: "2026-01-01".into() });
        app.settings.lang = lang;
        app.settings.theme = theme;
        app.settings.scale = scale;
        app.settings.online_map = Some(false);
        app.settings.shows_start = false;
        app.open_at_start(files);
        app
    });
    let mut shot = Shot { harness: &mut harness };
    shot.settle();
    shot.app().session.notices.clear();
    set_up(&mut shot);
    shot.settle();
    let picture = harness.render().expect("a graphics driver");
    write(&image::DynamicImage::from(picture).into_rgb8(), path);
}
