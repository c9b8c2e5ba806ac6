//! Where does a position stand that was asked for just before? Squares of a grid share their corners, and a ring ends
//! where it begins: the answer is kept for a while, and is the same to the last digit.

use std::cell::RefCell;

use crate::geometry::{Crs, LonLat, Reprojection};

/// Answers that each thread keeps: those of some columns of squares.
const KEPT: usize = 4096;

/// A position in a system, and where it stands.
#[derive(Clone, Copy)]
struct Known {
    crs: Crs,
    position: (u64, u64),
    place: Option<LonLat>,
}

thread_local! {
    static KNOWN: RefCell<Vec<Option<Known>>> = const { RefCell::new(Vec::new()) };
}

/// Degrees of a position of a system; `None` where the projection has no answer.
pub(super) fn lon_lat(reprojection: &Reprojection, crs: Crs, x: f64, y: f64) -> Option<LonLat> {
    let position = (x.to_bits(), y.to_bits());
    KNOWN.with_borrow_mut(|known| {
        known.resize(KEPT, None);
        let kept = &mut known[slot(position)];
        match kept {
            Some(kept) if kept.position == position && kept.crs == crs => kept.place,
            _ => {
                let place = reprojection.lon_lat(x, y);
                *kept = Some(Known { crs, position, place });
                place
            }
        }
    })
}

/// Where an answer is kept; another that is kept there gives way.
fn slot((x, y): (u64, u64)) -> usize {
    let mixed = (x.rotate_left(32) ^ y).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(mixed >> 52).unwrap_or(0) % KEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_is_computed() {
        let systems = [Crs::Sweref99Tm, Crs::Sweref99Zone(3011)].map(|crs| (crs, Reprojection::new(crs)));
        for round in 0..3 {
            for at in 0..10_000u32 {
                let (x, y) = (f64::from(at % 100) * 1000.0 + 120_000.0, f64::from(at / 100) * 1000.0 + 6.5e6);
                let (crs, reprojection) = &systems[(at as usize + round) % 2];
                assert_eq!(lon_lat(reprojection, *crs, x, y), reprojection.lon_lat(x, y));
            }
        }
    }
}
