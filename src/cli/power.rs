//! `sotplan power`: which set, how many containers and how many litres a list of machines takes.

use serde_json::json;

use super::arguments::PowerWork;
use super::common::{print, print_json};
use crate::app::sizing::{TOLD, assumed_line, lines, sized};
use crate::io::loads_file::read_loads;
use crate::lang::{Lang, Said as _};
use crate::model::outage::LoadList;
use crate::model::{Load, PowerAssumptions};
use crate::power::Sizing;
use crate::power::templates::Template;
use crate::progress::Unwatched;
use crate::say;

/// Sizes; the error is the message for the user.
pub fn run(said: &PowerWork, lang: Lang) -> Result<(), String> {
    let loads = match (&said.loads, said.template) {
        (Some(path), _) => read_loads(path, &Unwatched).map_err(|error| error.said(lang))?,
        (None, Some(template)) => Template::from(template).loads(),
        (None, None) => {
            return Err(lang
                .pick(
                    "ange --loads FIL med platsens maskiner, eller --template för en vanlig lista att börja med",
                    "give --loads FILE with the machines of the place, or --template for a usual list to begin with",
                )
                .into());
        }
    };
    let standard = PowerAssumptions::default();
    let assumed = PowerAssumptions {
        simultaneity: said.simultaneity.unwrap_or(standard.simultaneity),
        power_factor: said.power_factor.unwrap_or(standard.power_factor),
        margin: said.margin.unwrap_or(standard.margin),
        least_load: said.least_load.unwrap_or(standard.least_load),
        container_kva: said.container_kva.unwrap_or(standard.container_kva),
        heater_kw: said.heater.unwrap_or(standard.heater_kw),
        tank_litres: said.tank,
        litre_price: said.litre_price,
    };
    let zero = |option: &str| say!(lang, "{option}: måste vara mer än 0", "{option}: must be more than 0");
    if assumed.power_factor <= 0.0 {
        return Err(zero("--power-factor"));
    }
    if assumed.container_kva <= 0.0 {
        return Err(zero("--container-kva"));
    }
    let list = LoadList { loads, assumed };
    let sizing = sized(&list).map_err(|fault| fault.said(lang))?;
    if said.json {
        return print_json(of(&sizing, &list.loads, &assumed).to_string().as_bytes());
    }
    print(&told(&sizing, &assumed, lang).join("\n"))
}

/// To a hundredth: finer than anything assumed.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn of(sizing: &Sizing, loads: &[Load], assumed: &PowerAssumptions) -> serde_json::Value {
    let [day, three, week] = TOLD.map(|hours| rounded(sizing.litres(f64::from(hours))));
    let each = |all: &[f64; 24]| all.map(rounded).to_vec();
    let machines = loads.iter().map(|load| {
        json!({"name": load.name, "kw": load.kw, "count": load.count, "start_factor": load.start_factor,
            "cold": load.is_cold, "hours": load.hours.said(Lang::En)})
    });
    json!({
        "kw": rounded(sizing.kw),
        "kva": rounded(sizing.kva),
        "containers": sizing.containers,
        "litres_per_hour": rounded(sizing.litres_per_hour),
        "litres_24": day,
        "litres_72": three,
        "litres_168": week,
        "warnings": sizing.warnings.iter().map(|one| one.said(Lang::En)).collect::<Vec<_>>(),
        "warning_ids": sizing.warnings.iter().map(|one| one.id()).collect::<Vec<_>>(),
        "rated_kw": rounded(sizing.rated_kw),
        "cold_kw": rounded(sizing.cold_kw),
        "start_kw": rounded(sizing.start_kw),
        "set_kw": rounded(sizing.set_kw),
        "heater_litres_per_hour": rounded(sizing.heater_litres_per_hour),
        "tank_hours": sizing.tank_hours.map(rounded),
        "cost_24": assumed.litre_price.map(|price| rounded(price * sizing.litres(24.0))),
        "kw_by_hour": each(&sizing.day.kw),
        "litres_by_hour": each(&sizing.day.litres),
        "assumptions": {
            "simultaneity": assumed.simultaneity,
            "power_factor": assumed.power_factor,
            "margin": assumed.margin,
            "least_load": assumed.least_load,
            "container_kva": assumed.container_kva,
            "heater_kw": assumed.heater_kw,
            "tank_litres": assumed.tank_litres,
            "litre_price": assumed.litre_price,
        },
        "loads": machines.collect::<Vec<_>>(),
    })
}

fn told(sizing: &Sizing, assumed: &PowerAssumptions, lang: Lang) -> Vec<String> {
    let figures =
        lines(sizing, assumed, lang).into_iter().map(|line| format!("{}: {}", line.name, line.value));
    let warnings = sizing.warnings.iter().map(|warning| warning.said(lang));
    figures.chain(warnings).chain([assumed_line(assumed, lang)]).collect()
}
