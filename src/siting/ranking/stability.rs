//! How much does the ranking hang on the weights? Random weightings, and the share of them in which each place
//! comes first or among the first three. The same seed gives the same shares, whatever the number of threads.

use rayon::prelude::*;

use super::grid::Grid;
use crate::progress::{Cancelled, Progress};
use crate::random::Random;

/// Weightings drawn.
pub const DRAWS: u32 = 10_000;

/// Shares of all weightings, by row of the grid, 0 to 1. Places that tie count all.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    pub first: Vec<f64>,
    pub among_three: Vec<f64>,
    pub draws: u32,
    pub seed: u64,
}

/// Weightings drawn in one go; their order decides nothing, since only counts are added.
const CHUNK: u32 = 256;

/// Draws weightings, each as likely as any other (uniform on the simplex), and counts who comes first.
///
/// # Errors
/// [`Cancelled`] when the shares are no longer wanted.
///
/// # Complexity
/// Draws × places that differ × factors.
pub fn shares(grid: &Grid, draws: u32, seed: u64, progress: &dyn Progress) -> Result<Shares, Cancelled> {
    let (grid, times, of_rows) = grid.distinct();
    let rows = grid.rows();
    let chunks: Vec<u32> = (0..draws.div_ceil(CHUNK)).collect();
    let counted: Result<Vec<Counts>, Cancelled> = chunks
        .into_par_iter()
        .map(|chunk| {
            progress.check()?;
            let mut counts = Counts::new(rows);
            let mut weights = vec![0.0; grid.columns()];
            let mut scores = vec![f64::NEG_INFINITY; rows];
            for draw in chunk * CHUNK..draws.min((chunk + 1) * CHUNK) {
                draw_weighting(&mut stream_of(seed, draw), &mut weights);
                counts.add(&grid, &times, &weights, &mut scores);
            }
            Ok(counts)
        })
        .collect();
    let mut sum = Counts::new(rows);
    for counts in counted? {
        sum.first.iter_mut().zip(counts.first).for_each(|(sum, count)| *sum += count);
        sum.among_three.iter_mut().zip(counts.among_three).for_each(|(sum, count)| *sum += count);
    }
    let share = |counts: Vec<u32>| {
        of_rows.iter().map(|row| f64::from(counts[*row]) / f64::from(draws.max(1))).collect()
    };
    Ok(Shares { first: share(sum.first), among_three: share(sum.among_three), draws, seed })
}

/// How often each row came first, and among the first three.
struct Counts {
    first: Vec<u32>,
    among_three: Vec<u32>,
}

impl Counts {
    fn new(rows: usize) -> Self {
        Self { first: vec![0; rows], among_three: vec![0; rows] }
    }

    /// Each row stands so many times.
    fn add(&mut self, grid: &Grid, times: &[usize], weights: &[f64], scores: &mut [f64]) {
        let mut best = [f64::NEG_INFINITY; 3];
        for (row, score) in scores.iter_mut().enumerate() {
            *score = grid.score(row, weights).unwrap_or(f64::NEG_INFINITY);
            for _ in 0..times[row].min(best.len()) {
                if *score > best[2] {
                    best[2] = *score;
                    best.sort_unstable_by(|a, b| b.total_cmp(a));
                }
            }
        }
        for (row, score) in scores.iter().enumerate().filter(|(_, score)| score.is_finite()) {
            self.first[row] += u32::from(*score >= best[0]);
            self.among_three[row] += u32::from(*score >= best[2]);
        }
    }
}

/// The numbers of one draw. Each has a stream of its own, so that no order of work can change it.
fn stream_of(seed: u64, draw: u32) -> Random {
    let start = Random::new(seed).next_u64() ^ (u64::from(draw) << 32);
    let mut own = Random::new(start);
    own.next_u64();
    own
}

/// A weighting, each as likely as any other: exponential numbers, divided by their sum.
fn draw_weighting(random: &mut Random, weights: &mut [f64]) {
    let mut sum = 0.0;
    for weight in weights.iter_mut() {
        *weight = -random.unit_above_zero().ln();
        sum += *weight;
    }
    for weight in weights.iter_mut() {
        *weight /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Unwatched;

    fn grid(rows: &[[f64; 2]]) -> Grid {
        Grid::new(2, &rows.iter().map(|row| row.map(Some).to_vec()).collect::<Vec<_>>())
    }

    /// Within three standard errors of the exact share.
    fn close(found: f64, exact: f64) {
        let error = (exact * (1.0 - exact) / f64::from(DRAWS)).sqrt();
        assert!((found - exact).abs() <= 3.0 * error + 1e-12, "{found} is not {exact}");
    }

    #[test]
    fn two_factors_have_exact_shares() {
        // Lines w·a + (1 − w)·b over w in 0…1: A leads below w = 0.3, B between, C from 0.75.
        // A: 1 − w; B: 0.58 + 0.4 w (meets A at 0.3); C: 0.88 at w = 0.75 …
        let (a, b, c) = ([0.0, 1.0], [0.98, 0.58], [1.0, 0.52]);
        let found = shares(&grid(&[a, b, c]), DRAWS, 1, &Unwatched).expect("not cancelled");
        // A and B meet where 1 − w = 0.58 + 0.4 w; B and C where 0.58 + 0.4 w = 0.52 + 0.48 w.
        let (ab, bc) = (0.42 / 1.4, 0.06 / 0.08);
        close(found.first[0], ab);
        close(found.first[1], bc - ab);
        close(found.first[2], 1.0 - bc);
        assert_eq!(found.among_three, [1.0; 3]);
        assert!((found.first.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn places_worth_the_same_share_what_each_of_them_has() {
        let (a, b) = ([0.0, 1.0], [1.0, 0.4]);
        let found = shares(&grid(&[a, b, a, a, b]), DRAWS, 3, &Unwatched).expect("not cancelled");
        let alone = shares(&grid(&[a, b]), DRAWS, 3, &Unwatched).expect("not cancelled");
        assert_eq!(found.first, [0, 1, 0, 0, 1].map(|row| alone.first[row]));
        // Three of the first kind leave no room among three; two of the second leave one.
        assert_eq!(found.among_three[0].to_bits(), 1.0f64.to_bits());
        assert_eq!(found.among_three[1].to_bits(), alone.first[1].to_bits());
    }

    #[test]
    fn weightings_are_spread_evenly_over_the_simplex() {
        // Each corner of three is nearest to a third of all weightings, and the mean of a weight is a third.
        let corners = Grid::new(
            3,
            &[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(|row| row.map(Some).to_vec()),
        );
        let found = shares(&corners, DRAWS, 7, &Unwatched).expect("not cancelled");
        found.first.iter().for_each(|share| close(*share, 1.0 / 3.0));
        let mut weights = [0.0; 3];
        let above = (0..DRAWS).filter(|draw| {
            draw_weighting(&mut stream_of(7, *draw), &mut weights);
            weights[0] > 0.5
        });
        // The corner beyond one half is a quarter of the triangle.
        close(f64::from(u32::try_from(above.count()).expect("few")) / f64::from(DRAWS), 0.25);
    }

    #[test]
    fn ties_count_all_and_the_seed_decides() {
        let same = grid(&[[0.4, 0.6], [0.4, 0.6], [0.0, 0.0], [0.1, 0.0]]);
        let found = shares(&same, 1_000, 5, &Unwatched).expect("not cancelled");
        assert_eq!((found.first[0], found.first[1], found.first[2]), (1.0, 1.0, 0.0));
        assert_eq!(found.among_three, [1.0, 1.0, 0.0, 1.0]);
        let mixed = grid(&[[0.9, 0.2], [0.3, 0.8], [0.6, 0.5]]);
        let run = |threads, seed| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| shares(&mixed, DRAWS, seed, &Unwatched)).expect("not cancelled")
        };
        assert_eq!(run(1, 3), run(3, 3));
        assert_ne!(run(1, 3).first, run(1, 4).first);
    }

    #[test]
    fn a_place_of_which_nothing_is_known_never_leads() {
        let grid = Grid::new(1, &[vec![None], vec![Some(0.0)]]);
        let found = shares(&grid, 100, 1, &Unwatched).expect("not cancelled");
        assert_eq!((found.first[0], found.first[1]), (0.0, 1.0));
    }
}
