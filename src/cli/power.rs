//! `sotplan power`: which set, how many containers and how many litres a list of machines takes.

use serde_json::json;

use super::arguments::PowerWork;
use super::common::print;
use crate::io::loads_file::read_loads;
use crate::lang::{Lang, Said as _};
use crate::model::{Load, PowerAssumptions};
use crate::power::templates::Template;
use crate::power::{Sizing, size};
use crate::progress::Unwatched;
use crate::say;

/// Hours that litres are told for.
const TOLD: [u32; 3] = [24, 72, 168];

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
    let sizing = size(&loads, &assumed).ok_or_else(|| {
        lang.pick(
            "maskinerna tar ingen effekt. Skriv deras märkeffekt i kW",
            "the machines take no power. Write their rated power in kW",
        )
        .to_owned()
    })?;
    if said.json {
        return print(of(&sizing, &loads, &assumed).to_string().as_bytes());
    }
    print(told(&sizing, &assumed, lang).join("\n").as_bytes())
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
    let number = |value: f64| lang.number(value, 1);
    let (kw, kva, set) = (number(sizing.kw), number(sizing.kva), number(sizing.set_kw));
    let (rated, hour) = (number(sizing.rated_kw), number(sizing.litres_per_hour));
    let containers = sizing.containers;
    let mut lines = vec![
        say!(
            lang,
            "Aggregat: {kva} kVA ({set} kW), containrar: {containers}",
            "Set: {kva} kVA ({set} kW), containers: {containers}"
        ),
        say!(
            lang,
            "Last: {kw} kW som mest på samma gång, av {rated} kW märkeffekt",
            "Load: {kw} kW at most at once, of {rated} kW rated power"
        ),
        say!(
            lang,
            "Diesel: {hour} liter i timmen i medel över dygnet",
            "Diesel: {hour} litres an hour on average over the day"
        ),
    ];
    for hours in TOLD {
        let litres = lang.number(sizing.litres(f64::from(hours)), 0);
        lines.push(say!(lang, "  {hours} timmar: {litres} liter", "  {hours} hours: {litres} litres"));
    }
    if let Some(hours) = sizing.tank_hours {
        let hours = number(hours);
        lines.push(say!(lang, "Tanken räcker {hours} timmar", "The tank lasts {hours} hours"));
    }
    if let Some(price) = assumed.litre_price {
        let cost = lang.number(price * sizing.litres(24.0), 0);
        lines.push(say!(lang, "Kostar {cost} kr per dygn", "Costs SEK {cost} a day"));
    }
    lines.extend(sizing.warnings.iter().map(|warning| warning.said(lang)));
    let [simultaneity, margin, factor] =
        [assumed.simultaneity, assumed.margin, assumed.power_factor].map(|value| lang.number(value, 2));
    let most = lang.number(assumed.container_kva, 0);
    lines.push(say!(
        lang,
        "Antaget: samtidighet {simultaneity}, marginal {margin}, effektfaktor {factor}, högst {most} kVA i en container. Inget av det är ett löfte",
        "Assumed: simultaneity {simultaneity}, margin {margin}, power factor {factor}, {most} kVA in one container at most. None of it is a promise"
    ));
    lines
}
