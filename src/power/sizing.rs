//! Which set does a list of machines take, and what does it burn? The running load with its margin, or the largest start
//! beside the rest, whichever is more; then litres hour by hour of a day.

use super::diesel::litres_an_hour;
use crate::lang::{Lang, Said};
use crate::model::{Load, PowerAssumptions};
use crate::say;

/// Heat of a litre of diesel, kWh: an assumption, 9.8 in the usual tables of fuels.
const KWH_A_LITRE: f64 = 9.8;

/// Share of it that a heater gives: an assumption.
const HEATER_EFFICIENCY: f64 = 0.85;

/// The hours of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// Running load in each hour, kW.
    pub kw: [f64; 24],
    /// What the set burns in it, litres.
    pub litres: [f64; 24],
}

/// What has to be looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PowerWarning {
    /// The set runs below the least load in so many hours of the day; its lowest share.
    LowLoad { hours: u32, share: f64 },
    /// A start decides the size: with a soft starter this many kVA would do.
    StartDecides { kva_with_soft_start: f64 },
    /// More than one container holds.
    SeveralContainers { containers: u32 },
    /// The table of diesel does not reach that far: the litres are carried on beyond it.
    BeyondTable,
    /// The tank does not last a day.
    SmallTank { hours: f64 },
}

impl PowerWarning {
    /// The stable name in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::LowLoad { .. } => "low_load",
            Self::StartDecides { .. } => "start_decides",
            Self::SeveralContainers { .. } => "several_containers",
            Self::BeyondTable => "beyond_table",
            Self::SmallTank { .. } => "small_tank",
        }
    }
}

impl Said for PowerWarning {
    fn said(&self, lang: Lang) -> String {
        match *self {
            Self::LowLoad { hours, share } => {
                let share = lang.number(share * 100.0, 0);
                say!(
                    lang,
                    "Aggregatet går på låg last {hours} av dygnets timmar, som lägst {share} %: motorn sotar. Välj ett mindre aggregat, två som delar på lasten, eller lägg till värme",
                    "The set runs at a low load in {hours} hours of the day, {share} % at the lowest: the engine soots. Take a smaller set, two that share the load, or add heating"
                )
            }
            Self::StartDecides { kva_with_soft_start } => {
                let kva = lang.number(kva_with_soft_start, 0);
                say!(
                    lang,
                    "Den största motorns start avgör storleken. Med mjukstart räcker {kva} kVA",
                    "The start of the largest motor decides the size. With a soft starter {kva} kVA are enough"
                )
            }
            Self::SeveralContainers { containers } => say!(
                lang,
                "Ryms inte i en container: {containers} behövs",
                "One container does not hold it: {containers} are needed"
            ),
            Self::BeyondTable => lang
                .pick(
                    "Aggregatet eller lasten ligger utanför dieseltabellen: liter är uppskattade bortom den",
                    "The set or the load lies outside the table of diesel: litres are estimated beyond it",
                )
                .into(),
            Self::SmallTank { hours } => {
                let hours = lang.number(hours, 1);
                say!(lang, "Tanken räcker bara {hours} timmar", "The tank lasts {hours} hours only")
            }
        }
    }
}

/// The reserve power of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Sizing {
    /// All rated power together, kW.
    pub rated_kw: f64,
    /// Of that, what keeps goods cold, kW.
    pub cold_kw: f64,
    /// Running load at most, kW: rated power × simultaneity, in the hour that takes most.
    pub kw: f64,
    /// The largest start beside the rest, kW.
    pub start_kw: f64,
    /// What the set has to give, kW: the running load with its margin, or the start.
    pub set_kw: f64,
    /// The same as apparent power, kVA.
    pub kva: f64,
    pub containers: u32,
    pub day: Day,
    /// Over the day, the set and the heater together.
    pub litres_per_hour: f64,
    /// Of that, the heater.
    pub heater_litres_per_hour: f64,
    /// How long the tank lasts, hours.
    pub tank_hours: Option<f64>,
    pub warnings: Vec<PowerWarning>,
}

impl Sizing {
    /// Litres in so many hours.
    #[must_use]
    pub fn litres(&self, hours: f64) -> f64 {
        self.litres_per_hour * hours
    }

    /// The size that a start takes, where it is more than the running load with its margin.
    fn is_start_larger(&self, assumed: &PowerAssumptions) -> bool {
        self.start_kw > self.kw * (1.0 + assumed.margin) + 1e-9
    }
}

/// Running load in an hour, kW.
fn running(loads: &[Load], hour: u8, assumed: &PowerAssumptions) -> f64 {
    let on = loads.iter().filter(|load| load.hours.runs_in(hour));
    on.map(Load::total_kw).sum::<f64>() * assumed.simultaneity
}

/// The largest start in any hour, beside the running load of the rest, kW.
fn largest_start(loads: &[Load], hour: u8, assumed: &PowerAssumptions) -> f64 {
    let all = running(loads, hour, assumed);
    let motors = loads.iter().filter(|load| load.hours.runs_in(hour) && load.count > 0);
    // One machine starts while all others run.
    let with_start =
        |load: &Load| all - load.kw * assumed.simultaneity + load.kw * load.start_factor.max(1.0);
    motors.map(with_start).fold(0.0, f64::max)
}

/// The reserve power for these machines; `None` where they take no power.
///
/// kW = Σ rated power × simultaneity, in the hour that takes most; kVA = kW ÷ power factor. The largest motor starts while the
/// rest runs; the margin is added to the running load alone.
#[must_use]
pub fn size(loads: &[Load], assumed: &PowerAssumptions) -> Option<Sizing> {
    let hours = 0..24u8;
    let kw = hours.clone().map(|hour| running(loads, hour, assumed)).fold(0.0, f64::max);
    if kw <= 0.0 {
        return None;
    }
    let start_kw = hours.map(|hour| largest_start(loads, hour, assumed)).fold(0.0, f64::max);
    let set_kw = (kw * (1.0 + assumed.margin)).max(start_kw);
    let kva = set_kw / assumed.power_factor;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few containers")]
    let containers = (kva / assumed.container_kva - 1e-9).ceil().max(1.0) as u32;
    let mut day = Day { kw: [0.0; 24], litres: [0.0; 24] };
    let mut is_in_table = true;
    for (hour, (load, litres)) in (0u8..).zip(day.kw.iter_mut().zip(&mut day.litres)) {
        *load = running(loads, hour, assumed);
        let burn = litres_an_hour(set_kw, *load)?;
        *litres = burn.litres;
        is_in_table &= burn.is_in_table;
    }
    let heater_litres_per_hour = assumed.heater_kw / (KWH_A_LITRE * HEATER_EFFICIENCY);
    let litres_per_hour = day.litres.iter().sum::<f64>() / 24.0 + heater_litres_per_hour;
    let mut sizing = Sizing {
        rated_kw: loads.iter().map(Load::total_kw).sum(),
        cold_kw: loads.iter().filter(|load| load.is_cold).map(Load::total_kw).sum(),
        kw,
        start_kw,
        set_kw,
        kva,
        containers,
        day,
        litres_per_hour,
        heater_litres_per_hour,
        tank_hours: assumed.tank_litres.map(|litres| litres / litres_per_hour),
        warnings: Vec::new(),
    };
    sizing.warnings = warnings(&sizing, assumed, is_in_table);
    Some(sizing)
}

fn warnings(sizing: &Sizing, assumed: &PowerAssumptions, is_in_table: bool) -> Vec<PowerWarning> {
    let mut found = Vec::new();
    let shares = sizing.day.kw.iter().map(|kw| kw / sizing.set_kw);
    // A set that stands still does not soot.
    let low: Vec<f64> = shares.filter(|share| *share > 0.0 && *share < assumed.least_load - 1e-9).collect();
    if !low.is_empty() {
        let hours = u32::try_from(low.len()).unwrap_or(24);
        found.push(PowerWarning::LowLoad { hours, share: low.into_iter().fold(1.0, f64::min) });
    }
    if sizing.is_start_larger(assumed) {
        let kva_with_soft_start = sizing.kw * (1.0 + assumed.margin) / assumed.power_factor;
        found.push(PowerWarning::StartDecides { kva_with_soft_start });
    }
    if sizing.containers > 1 {
        found.push(PowerWarning::SeveralContainers { containers: sizing.containers });
    }
    if !is_in_table {
        found.push(PowerWarning::BeyondTable);
    }
    if let Some(hours) = sizing.tank_hours.filter(|hours| *hours < 24.0) {
        found.push(PowerWarning::SmallTank { hours });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LoadHours;
    use crate::power::templates::Template;

    fn load(kw: f64, count: u32, start_factor: f64, hours: LoadHours) -> Load {
        Load { name: "x".into(), kw, count, start_factor, is_cold: false, hours }
    }

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
    }

    #[test]
    fn a_list_comes_out_as_on_paper() {
        // 20 kW day and night, 10 kW by day: 30 × 0.8 = 24 kW, and a quarter more is 30 kW, 37.5 kVA.
        let loads = [load(5.0, 4, 1.0, LoadHours::Always), load(10.0, 1, 1.0, LoadHours::DAY)];
        let sizing = size(&loads, &PowerAssumptions::default()).expect("a set");
        for (found, wanted) in [
            (sizing.rated_kw, 30.0),
            (sizing.kw, 24.0),
            (sizing.set_kw, 30.0),
            (sizing.kva, 37.5),
            (sizing.start_kw, 26.0),
            (sizing.day.kw[12], 24.0),
            (sizing.day.kw[3], 16.0),
        ] {
            near(found, wanted);
        }
        // 24 of 30 kW: 80 %, a fifth of the way from 9.1 to 11.0; 16 kW: 53.3 %, from 6.8 towards 9.1.
        let (by_day, by_night) = (9.1 + 0.2 * 1.9, 6.8 + (16.0 / 30.0 - 0.5) / 0.25 * 2.3);
        near(sizing.day.litres[12], by_day);
        near(sizing.day.litres[3], by_night);
        near(sizing.litres_per_hour, f64::midpoint(by_day, by_night));
        near(sizing.litres(72.0), sizing.litres_per_hour * 72.0);
        assert_eq!((sizing.containers, sizing.warnings.len()), (1, 0));
    }

    #[test]
    fn the_largest_start_fits_beside_the_rest() {
        let hard = [load(10.0, 1, 6.0, LoadHours::Always), load(20.0, 1, 1.0, LoadHours::Always)];
        let sizing = size(&hard, &PowerAssumptions::default()).expect("a set");
        // 30 × 0.8 running, of that 8 for the motor, which takes 60 to start: 76 kW.
        near(sizing.set_kw, 76.0);
        near(sizing.kva, 95.0);
        assert!(
            matches!(sizing.warnings.as_slice(), [.., PowerWarning::StartDecides { kva_with_soft_start }] if (kva_with_soft_start - 37.5).abs() < 1e-9),
            "{:?}",
            sizing.warnings
        );
        let soft = [load(10.0, 1, 1.0, LoadHours::Always), load(20.0, 1, 1.0, LoadHours::Always)];
        near(size(&soft, &PowerAssumptions::default()).expect("a set").kva, 37.5);
    }

    #[test]
    fn what_has_to_be_looked_at_is_said() {
        let assumed = PowerAssumptions { tank_litres: Some(100.0), ..PowerAssumptions::default() };
        let loads = [load(120.0, 1, 1.0, LoadHours::DAY), load(10.0, 1, 1.0, LoadHours::Always)];
        let sizing = size(&loads, &assumed).expect("a set");
        let ids: Vec<&str> = sizing.warnings.iter().map(|warning| warning.id()).collect();
        assert_eq!(ids, ["low_load", "several_containers", "beyond_table", "small_tank"]);
        assert_eq!(sizing.containers, 2);
        assert_eq!(size(&[], &assumed), None);
        assert_eq!(size(&[load(0.0, 3, 1.0, LoadHours::Always)], &assumed), None);
    }

    #[test]
    fn a_heater_burns_beside_the_set_and_takes_none_of_its_power() {
        let loads = [load(40.0, 1, 1.0, LoadHours::Always)];
        let without = size(&loads, &PowerAssumptions::default()).expect("a set");
        let assumed = PowerAssumptions { heater_kw: 50.0, ..PowerAssumptions::default() };
        let with = size(&loads, &assumed).expect("a set");
        near(with.kva, without.kva);
        near(with.litres_per_hour - without.litres_per_hour, 50.0 / (9.8 * 0.85));
    }

    /// Kall: an ICA Nära with a set of 70 kVA and a heater of 50 kW.
    #[test]
    fn the_set_of_kall_comes_out_of_a_plausible_list() {
        let sizing = size(&Template::MiddleStore.loads(), &PowerAssumptions::default()).expect("a set");
        assert!((63.0..=77.0).contains(&sizing.kva), "{} kVA", sizing.kva);
        assert_eq!(sizing.containers, 1);
        // Half of a store's electricity goes to cold.
        let share = sizing.cold_kw / sizing.rated_kw;
        assert!((0.4..=0.6).contains(&share), "{share}");
        // A larger machine park takes two, as Hallen's does.
        let large = size(&Template::LargeStore.loads(), &PowerAssumptions::default()).expect("a set");
        assert_eq!(large.containers, 2);
    }
}
