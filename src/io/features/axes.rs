//! In which order do the positions of a file stand, where its system has north first by the letter? The EPSG dataset says
//! latitude first of EPSG:4326 and northing first of EPSG:3006; most programs write east first all the same. What the
//! numbers leave open is said.

use crate::geometry::{AREA_OF_USE, AreaOfUse, Crs, Reprojection};
use crate::model::Message;

/// Sweden with its seas: where both orders lie in the area of use, the order that puts the places here.
const HOME: AreaOfUse = AreaOfUse { lon_min: 10.0, lon_max: 24.5, lat_min: 55.0, lat_max: 69.5 };

/// The order of a file's positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) enum Order {
    EastFirst,
    /// Only so do they make sense.
    NorthFirst,
    /// Both orders put them where they may be: east first is taken, as nearly every file has it.
    Either,
}

/// The order in which positions make sense in a system.
pub(in crate::io) fn order_of(crs: Crs, seen: &[(f64, f64)]) -> Order {
    let there = Reprojection::new(crs);
    let lies =
        |(x, y): (f64, f64), area: AreaOfUse| there.lon_lat(x, y).is_some_and(|place| area.contains(place));
    // How many lie there east first, north first, both.
    let counts = |area: AreaOfUse| {
        seen.iter().fold((0_usize, 0_usize, 0_usize), |(east, north, both), &(x, y)| {
            let (is_east, is_north) = (lies((x, y), area), lies((y, x), area));
            (
                east + usize::from(is_east),
                north + usize::from(is_north),
                both + usize::from(is_east && is_north),
            )
        })
    };
    let told = |(east, north, both): (usize, usize, usize)| match (east, north, both) {
        (0, 0, _) => None,
        (0, _, _) => Some(Order::NorthFirst),
        (_, _, 0) => Some(Order::EastFirst),
        _ => None,
    };
    match counts(AREA_OF_USE) {
        (0, 0, _) => Order::EastFirst,
        everywhere => told(everywhere).or_else(|| told(counts(HOME))).unwrap_or(Order::Either),
    }
}

/// What is said of an order; nothing of the common one.
pub(in crate::io) fn said(order: Order, crs: Crs) -> Option<Message> {
    let name = crs.name();
    match order {
        Order::EastFirst => None,
        Order::NorthFirst => Some(Message::new(
            format!(
                "koordinaterna står med norr (latitud) först, som {name} är definierat; de läses så, för bara så hamnar de rätt"
            ),
            format!(
                "the coordinates stand north (latitude) first, as {name} is defined; they are read so, for only so do they lie where they can"
            ),
        )),
        Order::Either => Some(Message::new(
            format!(
                "{name} är definierat med norr först, men de flesta filer skriver öst först, och talen går att läsa på båda sätten; de läses med öst först. Kontrollera på kartan"
            ),
            format!(
                "{name} is defined north first, but most files write east first, and the numbers can be read both ways; they are read east first. Check on the map"
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;

    #[test]
    fn the_order_is_told_by_where_places_can_lie() {
        let of = |code: u16, seen: &[(f64, f64)]| order_of(Crs::try_from(code).expect("a system"), seen);
        assert_eq!(of(4326, &[(14.6, 63.2), (18.0, 59.3)]), Order::EastFirst);
        assert_eq!(of(4326, &[(63.2, 14.6), (59.3, 18.0)]), Order::NorthFirst);
        // One that is turned does not turn the others.
        assert_eq!(of(4326, &[(14.6, 63.2), (59.3, 18.0)]), Order::EastFirst);
        // Turkey either way.
        assert_eq!(of(4326, &[(40.0, 39.0)]), Order::Either);
        assert_eq!(of(3006, &[(481_794.0, 7_005_216.0)]), Order::EastFirst);
        assert_eq!(of(3006, &[(7_005_216.0, 481_794.0)]), Order::NorthFirst);
        assert_eq!(of(3021, &[(7_005_216.0, 1_481_794.0)]), Order::NorthFirst);
        assert_eq!(of(3011, &[(6_580_000.0, 153_000.0)]), Order::NorthFirst);
        // Lund lies in Sweden one way only; Gothenburg's and Stockholm's numbers are Swedish both ways.
        let lund = Crs::Other(crate::geometry::Epsg::new(3035).expect("a system"));
        let (x, y) = lund.from_wgs84(LonLat::new(13.19, 55.70)).expect("a place");
        assert_eq!((of(3035, &[(x, y)]), of(3035, &[(y, x)])), (Order::EastFirst, Order::NorthFirst));
        let (x, y) = lund.from_wgs84(LonLat::new(17.0, 63.0)).expect("a place");
        assert_eq!(of(3035, &[(x, y)]), Order::Either);
        assert_eq!(of(4326, &[(0.0, 99.0)]), Order::EastFirst);
        assert_eq!(of(4326, &[]), Order::EastFirst);
    }
}
