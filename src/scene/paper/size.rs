//! How large is a page, and which scale is easy to say?

/// Points of print for a millimetre.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// A format of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PaperSize {
    #[default]
    A4,
    A3,
}

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paper {
    pub size: PaperSize,
    pub is_lying: bool,
}

impl Paper {
    /// Width and height, millimetres (ISO 216).
    #[must_use]
    pub const fn millimetres(self) -> [f64; 2] {
        let [short, long] = match self.size {
            PaperSize::A4 => [210.0, 297.0],
            PaperSize::A3 => [297.0, 420.0],
        };
        if self.is_lying { [long, short] } else { [short, long] }
    }

    /// Width and height, points of print.
    #[must_use]
    pub fn points(self) -> [f64; 2] {
        self.millimetres().map(|side| side * POINTS_PER_MM)
    }

    /// Standing or lying, whichever shows so wide and so high a thing larger.
    #[must_use]
    pub fn fitting(size: PaperSize, wide: f64, high: f64) -> Self {
        Self { size, is_lying: wide > high * 1.15 }
    }
}

/// The next scale that is as easy to say as 1:500 000, for one of so many points for a metre or fewer.
#[must_use]
pub fn nice_scale(points_per_metre: f64) -> f64 {
    const STEPS: [f64; 11] = [1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5];
    let least = 1000.0 * POINTS_PER_MM / points_per_metre;
    let power = 10f64.powf(least.log10().floor());
    let steps = STEPS.iter().map(|step| step * power).chain([10.0 * power]);
    // A hair of rounding is no reason for a smaller map.
    steps.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_nice_and_shows_everything() {
        for points_per_metre in [1e-4, 0.002_9, 0.007, 0.1, 1.3] {
            let scale = nice_scale(points_per_metre);
            let least = 1000.0 * POINTS_PER_MM / points_per_metre;
            assert!(scale >= least * 0.999 && scale <= least * 1.51, "{scale} for {least}");
        }
        let exactly = 1000.0 * POINTS_PER_MM / 500_000.0;
        assert!((nice_scale(exactly) - 500_000.0).abs() < 1e-3);
        assert!(Paper::fitting(PaperSize::A4, 2.0, 1.0).is_lying);
        assert!((Paper::default().points()[1] - 841.9).abs() < 0.1);
    }
}
