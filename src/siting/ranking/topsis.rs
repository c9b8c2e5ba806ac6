//! Does another method rank the places the same way? TOPSIS: nearness to the best and farness from the worst
//! value of each factor, on the readings themselves. A cross-check, never the answer.
//! Hwang and Yoon, Multiple Attribute Decision Making (1981).

/// A factor as TOPSIS sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub weight: f64,
    pub more_is_better: bool,
    /// By place; `None` is left out of that place's distances.
    pub values: Vec<Option<f64>>,
}

/// The relative closeness of each place to the ideal, 0 to 1; `None` when nothing is known of it.
///
/// Readings are divided by the length of their column. Where a place has no value its other weights
/// share what is left, as in the weighted combination.
///
/// # Complexity
/// Places × factors.
#[must_use]
pub fn closeness(columns: &[Column], places: usize) -> Vec<Option<f64>> {
    let weight_of = |place: usize| -> f64 {
        columns.iter().filter(|column| column.values[place].is_some()).map(|column| column.weight).sum()
    };
    let scaled: Vec<Scaled> = columns.iter().map(Scaled::of).collect();
    (0..places)
        .map(|place| {
            let known = weight_of(place);
            if known <= 0.0 {
                return None;
            }
            let (mut to_best, mut to_worst) = (0.0, 0.0);
            for (column, scaled) in columns.iter().zip(&scaled) {
                let Some(value) = column.values[place] else { continue };
                let share = column.weight / known;
                to_best += (share * (value / scaled.length - scaled.best)).powi(2);
                to_worst += (share * (value / scaled.length - scaled.worst)).powi(2);
            }
            let (to_best, to_worst) = (to_best.sqrt(), to_worst.sqrt());
            // All places alike: neither near nor far.
            Some(if to_best + to_worst > 0.0 { to_worst / (to_best + to_worst) } else { 0.5 })
        })
        .collect()
}

/// A column's length, and its best and worst value divided by it.
struct Scaled {
    length: f64,
    best: f64,
    worst: f64,
}

impl Scaled {
    fn of(column: &Column) -> Self {
        let known = || column.values.iter().flatten().copied();
        let length = known().map(|value| value * value).sum::<f64>().sqrt();
        let length = if length > 0.0 { length } else { 1.0 };
        let max = known().fold(f64::NEG_INFINITY, f64::max) / length;
        let min = known().fold(f64::INFINITY, f64::min) / length;
        let (best, worst) = if column.more_is_better { (max, min) } else { (min, max) };
        Self { length, best, worst }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hwang and Yoon's choice of a fighter aircraft: speed, range, payload, cost, reliability, manoeuvrability.
    #[test]
    fn the_fighter_aircraft_of_hwang_and_yoon() {
        let column = |weight, more_is_better, values: [f64; 4]| Column {
            weight,
            more_is_better,
            values: values.map(Some).into(),
        };
        let columns = [
            column(0.2, true, [2.0, 2.5, 1.8, 2.2]),
            column(0.1, true, [1500.0, 2700.0, 2000.0, 1800.0]),
            column(0.1, true, [20_000.0, 18_000.0, 21_000.0, 20_000.0]),
            column(0.1, false, [5.5, 6.5, 4.5, 5.0]),
            column(0.2, true, [5.0, 3.0, 7.0, 5.0]),
            column(0.3, true, [9.0, 5.0, 7.0, 5.0]),
        ];
        let found = closeness(&columns, 4);
        for (found, printed) in found.iter().zip([0.643, 0.268, 0.613, 0.312]) {
            let found = found.expect("a closeness");
            assert!((found - printed).abs() < 1.5e-3, "{found} is not {printed}");
        }
    }

    #[test]
    fn what_is_left_out_is_not_zero() {
        let columns = [
            Column { weight: 0.5, more_is_better: true, values: vec![Some(1.0), Some(3.0), Some(3.0)] },
            Column { weight: 0.5, more_is_better: true, values: vec![Some(1.0), Some(3.0), None] },
        ];
        let found = closeness(&columns, 3);
        assert_eq!(found, [Some(0.0), Some(1.0), Some(1.0)]);
        let nothing = Column { weight: 1.0, more_is_better: true, values: vec![None, Some(1.0)] };
        assert_eq!(closeness(&[nothing], 2)[0], None);
    }
}
