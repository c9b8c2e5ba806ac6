//! What is assumed about reserve power: each assumption with its name, unit, bounds, standard and basis, once, for whoever
//! shows or asks for it.

use std::ops::RangeInclusive;

use crate::lang::{Lang, Said};
use crate::model::PowerAssumptions;

/// One of the assumptions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PowerAssumption {
    Simultaneity,
    PowerFactor,
    Margin,
    LeastLoad,
    ContainerKva,
    HeaterKw,
    TankLitres,
    LitrePrice,
}

impl PowerAssumption {
    pub const ALL: [Self; 8] = [
        Self::Simultaneity,
        Self::PowerFactor,
        Self::Margin,
        Self::LeastLoad,
        Self::ContainerKva,
        Self::HeaterKw,
        Self::TankLitres,
        Self::LitrePrice,
    ];

    /// The unit after the number; a share has none.
    #[must_use]
    pub const fn unit(self, lang: Lang) -> &'static str {
        match self {
            Self::Simultaneity | Self::PowerFactor | Self::Margin | Self::LeastLoad => "",
            Self::ContainerKva => "kVA",
            Self::HeaterKw => "kW",
            Self::TankLitres => "l",
            Self::LitrePrice => lang.pick("kr", "SEK"),
        }
    }

    #[must_use]
    pub const fn decimals(self) -> usize {
        match self {
            Self::ContainerKva | Self::TankLitres => 0,
            Self::HeaterKw => 1,
            _ => 2,
        }
    }

    /// What makes sense; a factor or a container of nothing would divide by zero.
    #[must_use]
    pub const fn range(self) -> RangeInclusive<f64> {
        match self {
            Self::Simultaneity | Self::LeastLoad => 0.0..=1.0,
            Self::PowerFactor => 0.01..=1.0,
            Self::Margin => 0.0..=2.0,
            Self::ContainerKva => 1.0..=1e6,
            Self::HeaterKw | Self::TankLitres | Self::LitrePrice => 0.0..=1e6,
        }
    }

    /// Can it be unknown?
    #[must_use]
    pub const fn is_optional(self) -> bool {
        matches!(self, Self::TankLitres | Self::LitrePrice)
    }

    /// What it rests on.
    #[must_use]
    pub const fn basis(self, lang: Lang) -> &'static str {
        match self {
            Self::Simultaneity => {
                lang.pick("antagen andel som går på samma gång", "assumed share that runs at once")
            }
            Self::PowerFactor => lang.pick("vanlig märkning av aggregat", "usual rating of sets"),
            Self::Margin => lang.pick("antaget, 20–25 % är vanligt", "assumed, 20–25 % is usual"),
            Self::LeastLoad => {
                lang.pick("antaget, under den sotar motorn", "assumed, the engine soots below it")
            }
            Self::ContainerKva => {
                lang.pick("antaget största aggregat i en container", "assumed largest set in one container")
            }
            Self::HeaterKw => lang.pick(
                "bränner ur samma tank, tar ingen effekt ur aggregatet",
                "burns from the same tank, takes no power of the set",
            ),
            Self::TankLitres => {
                lang.pick("står på aggregatet eller i avtalet", "stands on the set or in the agreement")
            }
            Self::LitrePrice => {
                lang.pick("står i avtalet om leverans", "stands in the agreement on delivery")
            }
        }
    }

    /// What is assumed now; `None` where it is not known.
    #[must_use]
    pub const fn value(self, of: &PowerAssumptions) -> Option<f64> {
        match self {
            Self::Simultaneity => Some(of.simultaneity),
            Self::PowerFactor => Some(of.power_factor),
            Self::Margin => Some(of.margin),
            Self::LeastLoad => Some(of.least_load),
            Self::ContainerKva => Some(of.container_kva),
            Self::HeaterKw => Some(of.heater_kw),
            Self::TankLitres => of.tank_litres,
            Self::LitrePrice => of.litre_price,
        }
    }

    /// The same assumptions with another value of this one. Of what can be unknown, 0 is not known.
    #[must_use]
    pub fn set(self, of: PowerAssumptions, value: f64) -> PowerAssumptions {
        let (mut next, known) = (of, Some(value).filter(|value| *value > 0.0));
        match self {
            Self::Simultaneity => next.simultaneity = value,
            Self::PowerFactor => next.power_factor = value,
            Self::Margin => next.margin = value,
            Self::LeastLoad => next.least_load = value,
            Self::ContainerKva => next.container_kva = value,
            Self::HeaterKw => next.heater_kw = value,
            Self::TankLitres => next.tank_litres = known,
            Self::LitrePrice => next.litre_price = known,
        }
        next
    }

    /// Can it be computed with?
    #[must_use]
    pub fn is_sound(self, of: &PowerAssumptions) -> bool {
        self.value(of).is_none_or(|value| value.is_finite() && self.range().contains(&value))
    }
}

impl Said for PowerAssumption {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Simultaneity => lang.pick("Samtidighet", "Simultaneity"),
            Self::PowerFactor => lang.pick("Effektfaktor", "Power factor"),
            Self::Margin => lang.pick("Marginal", "Margin"),
            Self::LeastLoad => lang.pick("Lägsta last", "Least load"),
            Self::ContainerKva => lang.pick("En container rymmer", "One container holds"),
            Self::HeaterKw => lang.pick("Dieselvärmare", "Diesel heater"),
            Self::TankLitres => lang.pick("Aggregatets tank", "Tank of the set"),
            Self::LitrePrice => lang.pick("Pris för en liter", "Price of a litre"),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assumption_can_be_read_and_set_and_its_standard_is_sound() {
        let standard = PowerAssumptions::default();
        for one in PowerAssumption::ALL {
            assert!(one.is_sound(&standard), "{one:?}");
            let most = *one.range().end();
            assert_eq!(one.value(&one.set(standard, most)), Some(most), "{one:?}");
            for odd in [f64::NAN, f64::INFINITY] {
                let set = one.set(standard, odd);
                assert!(!one.is_sound(&set) || one.value(&set).is_none(), "{one:?} {odd}");
            }
            assert_eq!(one.is_optional(), one.value(&standard).is_none());
        }
        assert_eq!(PowerAssumption::TankLitres.set(standard, 0.0).tank_litres, None);
        assert!(!PowerAssumption::PowerFactor.is_sound(&PowerAssumption::PowerFactor.set(standard, 0.0)));
    }
}
