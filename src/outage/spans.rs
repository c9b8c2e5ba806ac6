//! When is something so? Disjoint spans of minutes since the beginning of a crisis, and what is done with them.

/// Minutes since the beginning of the crisis.
pub type Minute = u32;

/// The minute of an hour; what is farther than a minute can be counted is the last minute.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held within the bounds of a u32"
)]
pub fn minute(hours: f64) -> Minute {
    (hours * 60.0 + 1e-6).floor().clamp(0.0, f64::from(Minute::MAX)) as Minute
}

/// Spans in rising order that do not touch; each from its first minute to before its last.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Spans(Vec<(Minute, Minute)>);

impl Spans {
    pub const NEVER: Self = Self(Vec::new());

    /// From a minute to before another; nothing where that is not later.
    #[must_use]
    pub fn between(from: Minute, to: Minute) -> Self {
        if from < to { Self(vec![(from, to)]) } else { Self::NEVER }
    }

    #[must_use]
    pub fn is_never(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn contains(&self, at: Minute) -> bool {
        let after = self.0.partition_point(|(from, _)| *from <= at);
        after > 0 && at < self.0[after - 1].1
    }

    pub fn iter(&self) -> impl Iterator<Item = (Minute, Minute)> {
        self.0.iter().copied()
    }

    /// Every minute at which it begins or ends.
    pub fn edges(&self) -> impl Iterator<Item = Minute> {
        self.0.iter().flat_map(|(from, to)| [*from, *to])
    }

    /// Minutes of it before the end.
    #[must_use]
    pub fn minutes_before(&self, end: Minute) -> u64 {
        self.0.iter().map(|(from, to)| u64::from((*to).min(end).saturating_sub(*from))).sum()
    }

    /// When one of them is so.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if other.is_never() {
            return self.clone();
        }
        if self.is_never() {
            return other.clone();
        }
        let mut all: Vec<(Minute, Minute)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        let mut out: Vec<(Minute, Minute)> = Vec::with_capacity(all.len());
        for (from, to) in all {
            match out.last_mut() {
                Some(last) if from <= last.1 => last.1 = last.1.max(to),
                _ => out.push((from, to)),
            }
        }
        Self(out)
    }

    /// When both are so.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        let (mut a, mut b) = (0, 0);
        while let (Some(x), Some(y)) = (self.0.get(a), other.0.get(b)) {
            let (from, to) = (x.0.max(y.0), x.1.min(y.1));
            if from < to {
                out.push((from, to));
            }
            if x.1 <= y.1 { a += 1 } else { b += 1 }
        }
        Self(out)
    }

    /// When it is not so.
    #[must_use]
    pub fn inverted(&self) -> Self {
        let mut out = Vec::new();
        let mut at = 0;
        for (from, to) in &self.0 {
            if at < *from {
                out.push((at, *from));
            }
            at = *to;
        }
        if at < Minute::MAX {
            out.push((at, Minute::MAX));
        }
        Self(out)
    }

    /// When it is so and the other is not.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        if other.is_never() { self.clone() } else { self.and(&other.inverted()) }
    }

    /// When a loss is felt that lasts longer than `delay`, and until `recovery` after its end.
    #[must_use]
    pub fn felt(&self, delay: Minute, recovery: Minute) -> Self {
        let felt = self.0.iter().filter(|(from, to)| to - from > delay);
        let spans =
            felt.map(|(from, to)| Self::between(from.saturating_add(delay), to.saturating_add(recovery)));
        spans.fold(Self::NEVER, |all, one| all.or(&one))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn below(random: &mut Random, count: usize) -> Minute {
        Minute::try_from(random.below(count)).expect("small")
    }

    fn random(random: &mut Random) -> Spans {
        let one = |random: &mut Random| {
            let from = below(random, 100);
            Spans::between(from, from + below(random, 20))
        };
        (0..random.below(6)).map(|_| one(random)).fold(Spans::NEVER, |all, span| all.or(&span))
    }

    #[test]
    fn every_minute_is_what_the_minutes_say() {
        let mut numbers = Random::new(7);
        for _ in 0..500 {
            let (a, b) = (random(&mut numbers), random(&mut numbers));
            for at in 0..130 {
                let (x, y) = (a.contains(at), b.contains(at));
                assert_eq!(a.or(&b).contains(at), x || y);
                assert_eq!(a.and(&b).contains(at), x && y);
                assert_eq!(a.without(&b).contains(at), x && !y);
                assert_eq!(a.inverted().contains(at), !x);
            }
            let minutes = (0..110).filter(|at| a.contains(*at)).count();
            assert_eq!(a.minutes_before(110), minutes as u64);
        }
    }

    #[test]
    fn a_loss_is_felt_after_its_delay_and_until_it_has_recovered() {
        let lost = Spans::between(10, 20).or(&Spans::between(30, 33));
        assert_eq!(lost.felt(0, 0), lost);
        assert_eq!(lost.felt(5, 0), Spans::between(15, 20));
        assert_eq!(lost.felt(2, 8), Spans::between(12, 28).or(&Spans::between(32, 41)));
        assert_eq!(lost.felt(2, 12), Spans::between(12, 45));
        assert_eq!(lost.felt(10, 5), Spans::NEVER);
    }

    #[test]
    fn a_shorter_loss_is_felt_less() {
        let mut numbers = Random::new(11);
        for _ in 0..500 {
            let (all, part) = (random(&mut numbers), random(&mut numbers));
            let less = all.and(&part);
            let (delay, recovery) = (below(&mut numbers, 8), below(&mut numbers, 8));
            assert!(less.felt(delay, recovery).without(&all.felt(delay, recovery)).is_never());
            assert!(all.felt(delay + 1, recovery).without(&all.felt(delay, recovery)).is_never());
        }
    }

    #[test]
    fn hours_are_minutes() {
        assert_eq!((minute(0.0), minute(1.5), minute(0.1)), (0, 90, 6));
        assert_eq!(minute(f64::MAX), Minute::MAX);
    }
}
