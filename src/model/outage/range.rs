//! From where to where is a number known, and from whom?

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Said};

/// From the least to the most that it may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range(pub f64, pub f64);

/// So many hours are never: longer than any crisis.
pub const NEVER_H: f64 = 1e9;

impl Range {
    pub const NEVER: Self = Self(NEVER_H, NEVER_H);

    #[must_use]
    pub const fn exactly(value: f64) -> Self {
        Self(value, value)
    }

    #[must_use]
    pub fn is_exact(self) -> bool {
        self.0.to_bits() == self.1.to_bits()
    }

    /// As users read it: one number, or two with a dash between.
    #[must_use]
    pub fn said(self, lang: Lang) -> String {
        // No more decimals than there are, and no fewer than tell it from another.
        let decimals = |value: f64| {
            let is_told = |digits: &i32| {
                let scaled = value * 10f64.powi(*digits);
                (scaled - scaled.round()).abs() <= 1e-6 * scaled.abs().max(1.0)
            };
            (0..4).find(is_told).map_or(4, |digits| usize::try_from(digits).unwrap_or(0))
        };
        let text = |value: f64| lang.number(value, decimals(value));
        if self.0 >= NEVER_H {
            return lang.pick("aldrig", "never").to_owned();
        }
        if self.is_exact() { text(self.0) } else { format!("{}–{}", text(self.0), text(self.1)) }
    }
}

/// Where something is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// An official text or a public source.
    Official,
    /// An assumption of this program.
    Assumed,
}

impl Said for Basis {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Official => lang.pick("offentlig källa", "public source"),
            Self::Assumed => lang.pick("antaget", "assumed"),
        }
        .into()
    }
}
