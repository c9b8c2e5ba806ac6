//! Which square is a statistical grid cell? Squares aligned to SWEREF 99 TM.
//! Does not know what is counted in a cell.

use super::PlanePoint;

/// A square of the plane, given by its lower-left corner and side, metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GridCell {
    pub corner: PlanePoint,
    pub side_m: f64,
}

impl GridCell {
    #[must_use]
    pub fn centre(self) -> PlanePoint {
        PlanePoint::new(self.corner.e + self.side_m / 2.0, self.corner.n + self.side_m / 2.0)
    }

    /// The four corners, counter-clockwise from the lower left.
    #[must_use]
    pub fn corners(self) -> [PlanePoint; 4] {
        let PlanePoint { e, n } = self.corner;
        let s = self.side_m;
        [(e, n), (e + s, n), (e + s, n + s), (e, n + s)].map(|(e, n)| PlanePoint::new(e, n))
    }

    /// The aligned cell of side `side_m` around a centre, if the centre is one to within 2 m.
    ///
    /// Published cells are rounded to six decimals of a degree, about 0.1 m.
    #[must_use]
    pub fn around(centre: PlanePoint, side_m: f64) -> Option<Self> {
        let snap = |v: f64| ((v - side_m / 2.0) / side_m).round() * side_m;
        let corner = PlanePoint::new(snap(centre.e), snap(centre.n));
        let cell = Self { corner, side_m };
        (cell.centre().distance(centre).value() < 2.0).then_some(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snaps_a_rounded_centre_but_not_any_point() {
        let cell = GridCell::around(PlanePoint::new(442_500.07, 6_891_499.95), 1000.0);
        assert_eq!(cell.map(|c| c.corner), Some(PlanePoint::new(442_000.0, 6_891_000.0)));
        assert_eq!(GridCell::around(PlanePoint::new(442_300.0, 6_891_500.0), 1000.0), None);
    }
}
