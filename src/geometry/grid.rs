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

    /// The lower-left corner that an id of Statistics Sweden names: six digits of the easting, seven of the northing.
    /// How large the cell is the id does not say.
    #[must_use]
    pub fn corner_of_id(id: &str) -> Option<PlanePoint> {
        let is_id = id.len() == 13 && id.bytes().all(|byte| byte.is_ascii_digit());
        let number = |digits: &str| digits.parse::<u32>().ok().map(f64::from);
        let (e, n) = id.split_at_checked(6).filter(|_| is_id)?;
        Some(PlanePoint::new(number(e)?, number(n)?))
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
    fn an_id_is_the_lower_left_corner() {
        let corner = GridCell::corner_of_id("4420006891000");
        assert_eq!(corner, Some(PlanePoint::new(442_000.0, 6_891_000.0)));
        for id in ["", "442000689100", "44200068910000", "44200x6891000", "äää0006891"] {
            assert_eq!(GridCell::corner_of_id(id), None, "{id}");
        }
    }

    #[test]
    fn snaps_a_rounded_centre_but_not_any_point() {
        let cell = GridCell::around(PlanePoint::new(442_500.07, 6_891_499.95), 1000.0);
        assert_eq!(cell.map(|c| c.corner), Some(PlanePoint::new(442_000.0, 6_891_000.0)));
        assert_eq!(GridCell::around(PlanePoint::new(442_300.0, 6_891_500.0), 1000.0), None);
    }
}
