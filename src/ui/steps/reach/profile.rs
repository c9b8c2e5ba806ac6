//! Which single numbers does the profile of travel hold? One row each: words, bounds, and where it stands.

use egui::Ui;

use crate::app::command::Command;
use crate::model::{CAR_WEIGHT_RANGE_T, NO_CAP_KMH, TravelProfile};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::NumberRow;
use crate::units::Metres;

/// A number of the profile: its words, its bounds, and where it stands.
pub struct Field {
    name: (&'static str, &'static str),
    hint: (&'static str, &'static str),
    unit: &'static str,
    decimals: usize,
    range: std::ops::RangeInclusive<f64>,
    get: fn(&TravelProfile) -> f64,
    set: fn(&mut TravelProfile, f64),
}

pub const ACCESS: Field = Field {
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

pub const WINTER: [Field; 2] = [
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

pub const OTHERS: [Field; 11] = [
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

/// Draws a row; another value is an edit.
pub fn row(ui: &mut Ui, cx: &Cx<'_>, field: &Field, actions: &mut Vec<Action>) {
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
        actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
    }
}
