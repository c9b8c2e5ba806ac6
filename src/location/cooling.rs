//! How warm is an annealing by now? Coolings of growing lengths, most from the best plan, now and then a hot one.

/// Moves of the first coolings; after so many they are twice as long, up to the longest.
const SHORTEST: u32 = 40_000;
const LONGEST: u32 = 2_000_000;
const OF_A_LENGTH: u32 = 8;
/// One of so many begins hot.
const HOT_ONE_OF: u32 = 4;
/// At the cold end of a cooling this share of the moves that are possible is accepted.
const ACCEPTED: f64 = 0.008;
/// Where a cooling begins, ends and is frozen, in units of temperature.
const HOT: f64 = 2.0;
const WARM: f64 = 0.85;
const COLD: f64 = 0.5;
const FROZEN: f64 = 0.05;
/// This share of a cooling is slow.
const SLOW: f64 = 0.9;

/// Where an annealing stands.
#[derive(Clone)]
pub(super) struct Cooling {
    /// The unit of temperature.
    unit: f64,
    is_calibrated: bool,
    number: u32,
    length: u32,
    /// Moves of this cooling so far.
    done: u32,
}

impl Cooling {
    /// The first one; `unit` is a guess of what a move costs.
    pub const fn new(unit: f64) -> Self {
        Self { unit, is_calibrated: false, number: 0, length: SHORTEST, done: 0 }
    }

    /// Has one just ended, and is it worth while to stop between two?
    pub const fn is_between(&self) -> bool {
        self.done == 0 && self.length > SHORTEST
    }

    /// Moves of this cooling so far.
    pub const fn done(&self) -> u32 {
        self.done
    }

    /// The first two, and then one of so many.
    pub const fn is_hot(&self) -> bool {
        self.number < 2 || self.number.is_multiple_of(HOT_ONE_OF)
    }

    /// After the first cooling a plan stands where most will.
    pub const fn wants_calibration(&self) -> bool {
        !self.is_calibrated && self.number == 1
    }

    /// Counts a move; has the cooling come to its end?
    pub const fn count(&mut self) -> bool {
        self.done += 1;
        self.done == self.length
    }

    /// Goes on to the next cooling.
    pub fn next(&mut self) {
        self.done = 0;
        self.number += 1;
        if self.number.is_multiple_of(OF_A_LENGTH) {
            self.length = (self.length * 2).min(LONGEST);
        }
    }

    /// It cools slowly, then at once.
    pub fn temperature(&self) -> f64 {
        let share = f64::from(self.done) / f64::from(self.length);
        let warm = if self.is_hot() { HOT } else { WARM };
        let level = if share < SLOW {
            warm * (COLD / warm).powf(share / SLOW)
        } else {
            COLD * (FROZEN / COLD).powf((share - SLOW) / (1.0 - SLOW))
        };
        self.unit * level
    }

    /// Sets the unit so that of moves that cost these rises the wanted share is accepted at the cold end.
    pub fn calibrate(&mut self, rises: &[f64]) {
        let wanted = ACCEPTED * f64::from(u32::try_from(rises.len()).unwrap_or(u32::MAX));
        let accepted = |unit: f64| rises.iter().map(|rise| (-rise / (unit * COLD)).exp()).sum::<f64>();
        let (mut low, mut high) = (self.unit * 1e-3, self.unit * 1e3);
        for _ in 0..60 {
            let middle = (low * high).sqrt();
            if accepted(middle) < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.unit = high;
        self.is_calibrated = true;
    }
}
