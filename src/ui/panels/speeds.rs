//! Which speeds and waits does travel by road assume? Each can be changed, and all set back.

use egui::{CollapsingHeader, Ui};

use super::common::set;
use crate::app::command::Command;
use crate::lang::{Lang, Said};
use crate::model::roads::RoadClass;
use crate::model::{
    CAR_WEIGHT_RANGE_T, MonthDay, NO_CAP_KMH, Parameters, RuralTerms, SpeedSet, Tracks, TravelProfile, Winter,
};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{NumberRow, icon_button_if, muted};
use crate::units::Metres;

/// A number of the profile: its words, its bounds, and where it stands.
struct Field {
    name: (&'static str, &'static str),
    hint: (&'static str, &'static str),
    unit: &'static str,
    decimals: usize,
    range: std::ops::RangeInclusive<f64>,
    get: fn(&TravelProfile) -> f64,
    set: fn(&mut TravelProfile, f64),
}

const ACCESS: Field = Field {
    name: ("Längst från plats till väg", "Farthest from place to road"),
    hint: (
        "Antagande: en ruta längre från väg än så kan inte nås. Sträckan dit räknas som gång",
        "Assumption: a cell farther from a road than this cannot be reached. The way there is walked",
    ),
    unit: "m",
    decimals: 0,
    range: 50.0..=20_000.0,
    get: |profile| profile.max_access.value(),
    set: |profile, value| profile.max_access = Metres::new(value),
};

const WINTER: [Field; 2] = [
    Field {
        name: ("Fart på vintern, gånger", "Speed in winter, times"),
        hint: (
            "Antagande: alla hastigheter gånger så mycket på vintern",
            "Assumption: all speeds times this in winter",
        ),
        unit: "",
        decimals: 2,
        range: 0.1..=1.5,
        get: |profile| profile.winter.speed_factor,
        set: |profile, value| profile.winter.speed_factor = value,
    },
    Field {
        name: ("Högst på isväg", "At most on ice roads"),
        hint: ("Antagande: högsta fart på isvägar", "Assumption: the top speed on ice roads"),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=90.0,
        get: |profile| profile.winter.ice_kmh,
        set: |profile, value| profile.winter.ice_kmh = value,
    },
];

const OTHERS: [Field; 11] = [
    Field {
        name: ("Del av skyltad gräns", "Part of the signed limit"),
        hint: (
            "Antagande: medelfarten är så stor del av hastighetsgränsen, där en gräns är känd",
            "Assumption: the mean speed is this part of the limit, where a limit is known",
        ),
        unit: "",
        decimals: 2,
        range: 0.1..=1.5,
        get: |profile| profile.limit_share,
        set: |profile, value| profile.limit_share = value,
    },
    Field {
        name: ("Högst på grus", "At most on gravel"),
        hint: ("Antagande: högsta medelfart på grusväg", "Assumption: the top mean speed on gravel"),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=200.0,
        get: |profile| profile.gravel_kmh,
        set: |profile, value| profile.gravel_kmh = value,
    },
    Field {
        name: ("Högst på dåligt underlag", "At most on rough ground"),
        hint: (
            "Antagande: högsta medelfart på jord, sand och grov sten",
            "Assumption: the top mean speed on earth, sand and rough stone",
        ),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=200.0,
        get: |profile| profile.rough_kmh,
        set: |profile, value| profile.rough_kmh = value,
    },
    Field {
        name: ("Smal väg är under", "A road is narrow below"),
        hint: (
            "Antagande: en väg smalare än så körs långsammare, där registret anger bredden",
            "Assumption: a road narrower than this is driven slower, where the register states a width",
        ),
        unit: "m",
        decimals: 1,
        range: 0.0..=20.0,
        get: |profile| profile.narrow_below_m,
        set: |profile, value| profile.narrow_below_m = value,
    },
    Field {
        name: ("Högst på smal väg", "At most on narrow roads"),
        hint: ("Antagande: högsta medelfart på smal väg", "Assumption: the top mean speed on a narrow road"),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=NO_CAP_KMH,
        get: |profile| profile.narrow_kmh,
        set: |profile, value| profile.narrow_kmh = value,
    },
    Field {
        name: ("Högst på enskild väg", "At most on private roads"),
        hint: (
            "Antagande: högsta medelfart utanför tättbebyggt område där registret säger att vägen är enskild",
            "Assumption: the top mean speed outside built-up areas where the register says that a road is kept privately",
        ),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=NO_CAP_KMH,
        get: |profile| profile.private_kmh,
        set: |profile, value| profile.private_kmh = value,
    },
    Field {
        name: ("Bilens vikt", "A car’s weight"),
        hint: (
            "Antagande: en bil kör inte på en väg där högsta tillåtna vikt (maxweight) är lägre",
            "Assumption: a car does not use a road whose weight limit (maxweight) is lower",
        ),
        unit: "t",
        decimals: 1,
        range: CAR_WEIGHT_RANGE_T,
        get: |profile| profile.car_weight_t,
        set: |profile, value| profile.car_weight_t = value,
    },
    Field {
        name: ("Gång", "Walking"),
        hint: (
            "Antagande: till fots på väg och stig, och mellan plats och väg",
            "Assumption: on foot on roads and paths, and between place and road",
        ),
        unit: "km/h",
        decimals: 1,
        range: 1.0..=15.0,
        get: |profile| profile.walk_kmh,
        set: |profile, value| profile.walk_kmh = value,
    },
    Field {
        name: ("Färja", "Ferry"),
        hint: (
            "Antagande: färjans fart där ingen tid för överfarten är angiven",
            "Assumption: the ferry's speed where no crossing time is stated",
        ),
        unit: "km/h",
        decimals: 0,
        range: 1.0..=100.0,
        get: |profile| profile.ferry_kmh,
        set: |profile, value| profile.ferry_kmh = value,
    },
    Field {
        name: ("Väntan på färja", "Wait for a ferry"),
        hint: ("Antagande: vänta och köra ombord", "Assumption: waiting and boarding"),
        unit: "min",
        decimals: 1,
        range: 0.0..=600.0,
        get: |profile| profile.ferry_wait_min,
        set: |profile, value| profile.ferry_wait_min = value,
    },
    Field {
        name: ("Utryckning, gånger bilens fart", "Rescue, times the car's speed"),
        hint: (
            "Antagande: räddningstjänstens fart är bilens gånger så mycket",
            "Assumption: the rescue service drives at the car's speed times this",
        ),
        unit: "",
        decimals: 2,
        range: 0.1..=3.0,
        get: |profile| profile.rescue_factor,
        set: |profile, value| profile.rescue_factor = value,
    },
];

fn row(ui: &mut Ui, cx: &Cx<'_>, field: &Field, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let row = NumberRow {
        name: lang.pick(field.name.0, field.name.1),
        hint: lang.pick(field.hint.0, field.hint.1),
        unit: field.unit,
        decimals: field.decimals,
        range: field.range.clone(),
        speed: 10f64.powi(-i32::try_from(field.decimals).unwrap_or(0)),
    };
    if let Some((id, value)) = row.show(ui, lang, (field.get)(&parameters.profile)) {
        let mut parameters = parameters.clone();
        (field.set)(&mut parameters.profile, value);
        actions.push(Action::EditBy(id, Command::SetParameters(parameters)));
    }
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    sets(ui, cx, actions);
    row(ui, cx, &ACCESS, actions);
    access_counts(ui, cx, actions);
    winter(ui, cx, actions);
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    CollapsingHeader::new(lang.pick("Hastigheter", "Speeds")).id_salt("speeds").show(ui, |ui| {
        muted(
            ui,
            lang.pick(
                "Antaganden, alla kan ändras. Hastighet per vägklass gäller där ingen gräns är skyltad; 0 = inte för bil.",
                "Assumptions, all can be changed. The speed of a class holds where no limit is signed; 0 = not for cars.",
            ),
        );
        let set_itself = parameters.profile.set_itself();
        let text = lang.pick("Återställ antagandena", "Reset the assumptions");
        if icon_button_if(ui, parameters.profile != set_itself, icons::UNDO, text).clicked() {
            actions.push(set_profile(parameters, set_itself));
        }
        tracks(ui, cx, actions);
        for class in RoadClass::ALL.iter().filter(|class| **class != RoadClass::Ferry) {
            class_row(ui, cx, *class, actions);
        }
        ui.separator();
        for field in &OTHERS {
            row(ui, cx, field, actions);
        }
        obstacles(ui, cx, actions);
        turnout(ui, cx, actions);
        rural_terms(ui, cx, actions);
    });
}

/// Do gates and bans that a register states hold cars back?
fn obstacles(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let mut obeys = parameters.profile.obeys_obstacles;
    let hint = lang.pick(
        "Antagande: bommar, pollare och förbud mot trafik i vägregistret gäller bilar. Pipos ser inte på dem",
        "Assumption: gates, bollards and bans on traffic in the road register hold for cars. Pipos does not look at them",
    );
    let text = lang.pick("Bommar och trafikförbud gäller", "Gates and bans on traffic hold");
    if ui.checkbox(&mut obeys, text).on_hover_text(hint).changed() {
        let profile = TravelProfile { obeys_obstacles: obeys, ..parameters.profile.clone() };
        actions.push(set_profile(parameters, profile));
    }
}

/// What makes a locality, and where countryside begins.
fn rural_terms(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    type Part = (
        &'static str,
        &'static str,
        &'static str,
        f64,
        std::ops::RangeInclusive<f64>,
        fn(&mut RuralTerms, f64),
    );
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let terms = &parameters.rural;
    let people = lang.pick("personer", "people");
    let parts: [Part; 4] = [
        (
            lang.pick("Tätort: fler invånare än", "Locality: more people than"),
            lang.pick("Tillväxtanalys: orter med fler än 3 000 invånare", "Tillväxtanalys: localities of more than 3 000 people"),
            people,
            terms.locality_people,
            100.0..=200_000.0,
            |terms, value| terms.locality_people = value,
        ),
        (
            lang.pick("Tätort av rutor: minst per ruta", "Locality of cells: each at least"),
            lang.pick("Antagande: sammanhängande rutor med minst så många invånare är en tätort, om inget ortslager finns", "Assumption: touching cells of at least so many people are a locality, without a layer of places"),
            people,
            terms.cell_people,
            1.0..=10_000.0,
            |terms, value| terms.cell_people = value,
        ),
        (
            lang.pick("Tätortsnära: från", "Near a locality: from"),
            lang.pick("Tillväxtanalys: 5 minuter med bil", "Tillväxtanalys: 5 minutes by car"),
            "min",
            terms.near_min,
            0.0..=120.0,
            |terms, value| terms.near_min = value,
        ),
        (
            lang.pick("Glesbygd: längre än", "Remote: farther than"),
            lang.pick("Tillväxtanalys: 45 minuter med bil", "Tillväxtanalys: 45 minutes by car"),
            "min",
            terms.remote_min,
            1.0..=300.0,
            |terms, value| terms.remote_min = value,
        ),
    ];
    for (name, hint, unit, value, range, change) in parts {
        let row = NumberRow { name, hint, unit, decimals: 0, range, speed: 1.0 };
        if let Some((id, value)) = row.show(ui, lang, value) {
            let mut parameters = parameters.clone();
            change(&mut parameters.rural, value);
            actions.push(Action::EditBy(id, Command::SetParameters(parameters)));
        }
    }
}

/// The ready sets of assumptions, and whether the one chosen has been changed.
fn sets(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    ui.horizontal_wrapped(|ui| {
        ui.label(lang.pick("Antaganden", "Assumptions"));
        for set in SpeedSet::ALL {
            let hint = match set {
                SpeedSet::Default => lang.pick(
                    "Så fort som folk kör: en del av hastighetsgränsen, långsammare på grus, smala och enskilda vägar. Gången mellan plats och väg räknas",
                    "As people drive: a part of the limit, slower on gravel, narrow and private roads. The walk between place and road counts",
                ),
                SpeedSet::Pipos => lang.pick(
                    "Som Pipos räknar på NVDB: skyltad hastighet utan avdrag, registrets längder, ingen gång till vägen, färja 10 km/h utan väntan",
                    "As Pipos counts on NVDB: the posted limit in full, the register’s lengths, no walk to the road, ferries at 10 km/h without a wait",
                ),
            };
            let is_on = parameters.profile.basis == set && parameters.profile.is_as_set();
            if ui.selectable_label(is_on, first_large(&set.said(lang))).on_hover_text(hint).clicked() && !is_on {
                let profile = TravelProfile { basis: set, ..parameters.profile.clone() }.set_itself();
                actions.push(set_profile(parameters, profile));
            }
        }
    });
    if !parameters.profile.is_as_set() {
        muted(ui, say!(lang, "Ändrat från: {}", "Changed from: {}", parameters.profile.basis.said(lang)));
    }
}

fn set_profile(parameters: &Parameters, profile: TravelProfile) -> Action {
    set(Parameters { profile, ..parameters.clone() })
}

fn first_large(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Does the walk between place and road count?
fn access_counts(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let mut counts = parameters.profile.counts_access;
    let hint = lang.pick(
        "Antagande: gången från rutans mitt till vägen läggs till i km och minuter. Pipos räknar den inte",
        "Assumption: the walk from the middle of the cell to the road is added to km and minutes. Pipos does not count it",
    );
    let text = lang.pick("Räkna med gången till vägen", "Count the walk to the road");
    if ui.checkbox(&mut counts, text).on_hover_text(hint).changed() {
        let profile = TravelProfile { counts_access: counts, ..parameters.profile.clone() };
        actions.push(set_profile(parameters, profile));
    }
}

/// Which forest and field tracks are roads for cars.
fn tracks(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let hint = lang.pick(
        "Antagande: där inget sägs om en skogsväg räknas den inte som bilväg. I skogsbygd kan det vara rättare att ta med grusade",
        "Assumption: a forest track of which nothing is said is no road for cars. In forest country it may be truer to take gravelled ones",
    );
    ui.label(lang.pick("Skogs- och jordbruksvägar för bil", "Forest and field tracks for cars"))
        .on_hover_text(hint);
    ui.horizontal_wrapped(|ui| {
        for choice in Tracks::ALL_CHOICES {
            let is_on = parameters.profile.tracks == choice;
            if ui.selectable_label(is_on, choice.said(lang)).on_hover_text(hint).clicked() && !is_on {
                let mut parameters = parameters.clone();
                parameters.profile.tracks = choice;
                actions.push(set(parameters));
            }
        }
    });
}

fn class_row(ui: &mut Ui, cx: &Cx<'_>, class: RoadClass, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let id = class.id();
    let name = class.said(lang);
    let hint = say!(
        lang,
        "Antagande: bilens medelfart på {name} (OpenStreetMap: {id}) där ingen gräns är skyltad; 0 = inte för bil",
        "Assumption: a car's mean speed on a {name} (OpenStreetMap: {id}) where no limit is signed; 0 = not for cars"
    );
    let speed = parameters.profile.speeds_kmh.get(&class).copied().unwrap_or(0.0);
    let row =
        NumberRow { name: &name, hint: &hint, unit: "km/h", decimals: 0, range: 0.0..=200.0, speed: 1.0 };
    if let Some((id, speed)) = row.show(ui, lang, speed) {
        let mut parameters = parameters.clone();
        parameters.profile.speeds_kmh.insert(class, if speed < 1.0 { 0.0 } else { speed });
        actions.push(Action::EditBy(id, Command::SetParameters(parameters)));
    }
}

/// Minutes from alarm to departure, by a station's form.
fn turnout(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let names = [
        lang.pick("Anspänning, heltid", "Turnout, full-time"),
        lang.pick("Anspänning, deltid", "Turnout, part-time"),
        lang.pick("Anspänning, värn", "Turnout, volunteers"),
    ];
    let hint = lang.pick(
        "Antagande: minuter från larm till avfärd, efter stationens form",
        "Assumption: minutes from alarm to departure, by the station's form",
    );
    let parameters = &cx.session.project().parameters;
    for (at, name) in names.into_iter().enumerate() {
        let row = NumberRow { name, hint, unit: "min", decimals: 1, range: 0.0..=120.0, speed: 0.1 };
        if let Some((id, minutes)) = row.show(ui, lang, parameters.profile.turnout_min[at]) {
            let mut parameters = parameters.clone();
            parameters.profile.turnout_min[at] = minutes;
            actions.push(Action::EditBy(id, Command::SetParameters(parameters)));
        }
    }
}

fn winter(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let Winter { mut is_on, from, to, .. } = parameters.profile.winter;
    let (begins, ends) = (day_text(lang, from), day_text(lang, to));
    let text = say!(lang, "Vinter ({begins} – {ends})", "Winter ({begins} – {ends})");
    let hint = lang.pick(
        "Vinter- och isvägar är öppna, och farten är lägre",
        "Winter and ice roads are open, and speeds are lower",
    );
    if ui.checkbox(&mut is_on, text).on_hover_text(hint).changed() {
        let mut parameters = parameters.clone();
        parameters.profile.winter.is_on = is_on;
        actions.push(set(parameters));
    }
    if !is_on {
        return;
    }
    for field in &WINTER {
        row(ui, cx, field, actions);
    }
    let ends = [
        (lang.pick("Vintervägar öppnar", "Winter roads open"), from, true),
        (lang.pick("Vintervägar stänger", "Winter roads close"), to, false),
    ];
    for (name, day, is_first) in ends {
        if let Some((id, day)) = day_row(ui, lang, name, day) {
            let mut parameters = parameters.clone();
            let winter = &mut parameters.profile.winter;
            *(if is_first { &mut winter.from } else { &mut winter.to }) = day;
            actions.push(Action::EditBy(id, Command::SetParameters(parameters)));
        }
    }
    winter_day(ui, cx, actions);
}

/// Winter roads are open on a day of the window; without a day it is taken to be winter.
fn winter_day(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let winter = &parameters.profile.winter;
    let mut has_day = winter.day.is_some();
    let hint = lang.pick(
        "Utan en viss dag räknas det som att vintervägarna är öppna",
        "Without a given day winter roads are taken to be open",
    );
    let text = lang.pick("Räkna för en viss dag", "Compute for a given day");
    if ui.checkbox(&mut has_day, text).on_hover_text(hint).changed() {
        let mut parameters = parameters.clone();
        parameters.profile.winter.day = has_day.then_some(winter.from);
        actions.push(set(parameters));
    }
    let Some(day) = winter.day else { return };
    if let Some((id, day)) = day_row(ui, lang, lang.pick("Dag", "Day"), day) {
        let mut parameters = parameters.clone();
        parameters.profile.winter.day = Some(day);
        actions.push(Action::EditBy(id, Command::SetParameters(parameters)));
    }
    if !winter.applies() {
        muted(
            ui,
            lang.pick(
                "Den dagen är det inte vinter: inget ändras.",
                "It is not winter on that day: nothing changes.",
            ),
        );
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("jan", "Jan"),
    ("feb", "Feb"),
    ("mars", "Mar"),
    ("april", "Apr"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("aug", "Aug"),
    ("sep", "Sep"),
    ("okt", "Oct"),
    ("nov", "Nov"),
    ("dec", "Dec"),
];

fn month_text(lang: Lang, month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).map_or("–", |(sv, en)| lang.pick(sv, en))
}

fn day_text(lang: Lang, day: MonthDay) -> String {
    format!("{} {}", day.day, month_text(lang, day.month))
}

/// A day of the year: its number and its month.
fn day_row(ui: &mut Ui, lang: Lang, name: &str, mut day: MonthDay) -> Option<(egui::Id, MonthDay)> {
    const LENGTHS: [u8; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut changed = None;
    ui.horizontal(|ui| {
        let label = ui.label(name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let month = egui::DragValue::new(&mut day.month)
                .range(1..=12)
                .speed(0.1)
                .custom_formatter(move |value, _| {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "clamped to the months"
                    )]
                    let month = value.clamp(1.0, 12.0) as u8;
                    month_text(lang, month).to_owned()
                })
                .custom_parser(month_of);
            let month = ui.add(month).labelled_by(label.id);
            let last = LENGTHS.get(usize::from(day.month).wrapping_sub(1)).copied().unwrap_or(31);
            day.day = day.day.clamp(1, last);
            let date = ui.add(egui::DragValue::new(&mut day.day).range(1..=last).speed(0.1));
            let date = date.labelled_by(label.id);
            if month.changed() || date.changed() {
                changed = Some((label.id, day));
            }
        });
    });
    changed
}

/// A month by its number or the beginning of its name, in either language.
fn month_of(text: &str) -> Option<f64> {
    let text = text.trim().to_lowercase();
    if let Ok(number) = text.parse::<f64>() {
        return Some(number);
    }
    let fits = |name: &str| !text.is_empty() && name.to_lowercase().get(..3) == text.get(..3);
    let at = MONTHS.iter().position(|(sv, en)| fits(sv) || fits(en))?;
    Some(f64::from(u8::try_from(at + 1).unwrap_or(1)))
}
