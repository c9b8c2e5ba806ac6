//! How much diesel does a generating set burn? A common table of litres an hour by rated power and load, linear between its
//! points; beyond its ends the nearest row or the nearest two points go on, which is an assumption and said.

/// Shares of the rated power that the table has.
pub const SHARES: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// Rated power, kW, and litres an hour at each of [`SHARES`].
pub const TABLE: [(f64, [f64; 4]); 8] = [
    (20.0, [2.3, 3.4, 4.9, 6.1]),
    (30.0, [4.9, 6.8, 9.1, 11.0]),
    (40.0, [6.1, 8.7, 12.1, 15.1]),
    (60.0, [6.8, 11.0, 14.4, 18.2]),
    (75.0, [9.1, 12.9, 17.4, 23.1]),
    (100.0, [9.8, 15.5, 22.0, 28.0]),
    (125.0, [11.7, 18.9, 26.9, 34.4]),
    (150.0, [13.6, 22.3, 31.8, 41.3]),
];

/// Litres an hour, and whether the table holds them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Burn {
    pub litres: f64,
    /// Rated power and load lie within the table.
    pub is_in_table: bool,
}

/// What a set of `rated_kw` burns under `load_kw`, both kilowatts; `None` where either is no number, the set has no power,
/// or the load is more than it gives. A set that stands still burns nothing.
#[must_use]
pub fn litres_an_hour(rated_kw: f64, load_kw: f64) -> Option<Burn> {
    let is_sound = rated_kw.is_finite() && rated_kw > 0.0 && load_kw.is_finite() && load_kw >= 0.0;
    if !is_sound || load_kw > rated_kw * (1.0 + 1e-9) {
        return None;
    }
    if load_kw == 0.0 {
        return Some(Burn { litres: 0.0, is_in_table: true });
    }
    let share = (load_kw / rated_kw).min(1.0);
    let [(least, smallest), .., (most, largest)] = TABLE;
    // Beyond the ends a kilowatt costs what it does at the end.
    let litres = if rated_kw <= least {
        at_share(&smallest, share) * rated_kw / least
    } else if rated_kw >= most {
        at_share(&largest, share) * rated_kw / most
    } else {
        let above = TABLE.iter().position(|(rated, _)| *rated >= rated_kw)?;
        let ((low, of_low), (high, of_high)) = (TABLE[above - 1], TABLE[above]);
        between((low, at_share(&of_low, share)), (high, at_share(&of_high, share)), rated_kw)
    };
    let is_in_table = (least..=most).contains(&rated_kw) && share >= SHARES[0];
    Some(Burn { litres, is_in_table })
}

/// Litres of a row at a share of the load; below the first share the line of the first two goes on.
fn at_share(row: &[f64; 4], share: f64) -> f64 {
    let above = SHARES.iter().position(|known| *known >= share).unwrap_or(SHARES.len() - 1).max(1);
    between((SHARES[above - 1], row[above - 1]), (SHARES[above], row[above]), share)
}

fn between((x0, y0): (f64, f64), (x1, y1): (f64, f64), x: f64) -> f64 {
    y0 + (y1 - y0) * (x - x0) / (x1 - x0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn litres(rated: f64, load: f64) -> f64 {
        litres_an_hour(rated, load).expect("a set").litres
    }

    #[test]
    fn every_cell_of_the_table_comes_out_as_it_is() {
        for (rated, row) in TABLE {
            for (share, wanted) in SHARES.into_iter().zip(row) {
                let found = litres_an_hour(rated, rated * share).expect("a set");
                assert!((found.litres - wanted).abs() < 1e-9 && found.is_in_table, "{rated} kW at {share}");
            }
        }
    }

    #[test]
    fn between_its_points_the_table_is_linear() {
        // 20 kW between 25 and 50 %: 2.3 and 3.4.
        assert!((litres(20.0, 7.5) - 2.85).abs() < 1e-9);
        // Between 40 and 60 kW at half load: 8.7 and 11.0.
        assert!((litres(50.0, 25.0) - 9.85).abs() < 1e-9);
        // In both at once: 50 kW at 62.5 %, between (8.7 + 12.1) / 2 and (11.0 + 14.4) / 2.
        assert!((litres(50.0, 31.25) - 11.55).abs() < 1e-9);
    }

    #[test]
    fn beyond_its_ends_it_says_so_and_never_burns_less_than_nothing() {
        let small = litres_an_hour(10.0, 10.0).expect("a set");
        assert!((small.litres - 3.05).abs() < 1e-9 && !small.is_in_table);
        let large = litres_an_hour(300.0, 150.0).expect("a set");
        assert!((large.litres - 44.6).abs() < 1e-9 && !large.is_in_table);
        let idle = litres_an_hour(60.0, 6.0).expect("a set");
        assert!(!idle.is_in_table && idle.litres > 0.0);
        for (rated, load) in [(0.0, 0.0), (20.0, 21.0), (20.0, -1.0), (f64::NAN, 1.0), (20.0, f64::INFINITY)]
        {
            assert_eq!(litres_an_hour(rated, load), None, "{rated} {load}");
        }
        assert!(litres(60.0, 0.0).abs() < f64::EPSILON);
    }

    #[test]
    fn more_load_never_burns_less() {
        for rated in (5..200).map(f64::from) {
            let mut last = 0.0;
            for step in 0..=100 {
                let now = litres(rated, rated * f64::from(step) / 100.0);
                assert!(now >= last - 1e-9, "{rated} kW at {step} %");
                last = now;
            }
        }
    }
}
