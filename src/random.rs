//! Which numbers look random and are the same everywhere? One small generator, whose seed is always said.
//! Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators.

/// A stream of numbers from a seed, by `SplitMix64`. Not for secrets.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number of the stream, any of 64 bits.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`; 0 where there is none below.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next_u64() % count.max(1) as u64).unwrap_or(0)
    }

    /// At least 0, below 1.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Above 0, at most 1: it has a logarithm.
    pub fn unit_above_zero(&mut self) -> f64 {
        // Both numbers are multiples of 2⁻⁵³, so the sum is exact.
        self.unit() + f64::EPSILON / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // The first numbers of seed 1234567, as other implementations give them.
    #[test]
    fn it_is_splitmix64() {
        let mut random = Random::new(1_234_567);
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!([(); 5].map(|()| random.next_u64()), expected);
    }

    #[test]
    fn numbers_keep_their_bounds() {
        let mut random = Random::new(7);
        for _ in 0..1_000 {
            assert!(random.below(3) < 3 && random.below(0) == 0);
            assert!((0.0..1.0).contains(&random.unit()));
            let number = random.unit_above_zero();
            assert!(number > 0.0 && number <= 1.0);
        }
    }
}
