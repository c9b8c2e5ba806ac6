//! Numbers of four bytes each, so that long arrays are copied and not read digit by digit.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserializer, Serializer};

use crate::model::roads::RoadPoint;

/// A value of some numbers.
pub trait Words: Sized {
    const COUNT: usize;
    fn put(&self, each: impl FnMut(u32));
    fn get(words: &[u32]) -> Self;
}

impl Words for u32 {
    const COUNT: usize = 1;
    fn put(&self, mut each: impl FnMut(u32)) {
        each(*self);
    }
    fn get(words: &[u32]) -> Self {
        words[0]
    }
}

impl Words for (u32, u32) {
    const COUNT: usize = 2;
    fn put(&self, mut each: impl FnMut(u32)) {
        each(self.0);
        each(self.1);
    }
    fn get(words: &[u32]) -> Self {
        (words[0], words[1])
    }
}

impl Words for RoadPoint {
    const COUNT: usize = 2;
    fn put(&self, mut each: impl FnMut(u32)) {
        each(self.lon_e7.cast_unsigned());
        each(self.lat_e7.cast_unsigned());
    }
    fn get(words: &[u32]) -> Self {
        Self { lon_e7: words[0].cast_signed(), lat_e7: words[1].cast_signed() }
    }
}

pub fn serialize<T: Words, S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let mut bytes = Vec::with_capacity(values.len() * T::COUNT * 4);
    for value in values {
        value.put(|word| bytes.extend(word.to_le_bytes()));
    }
    serializer.serialize_bytes(&bytes)
}

pub fn deserialize<'de, T: Words, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct Bytes<T>(std::marker::PhantomData<T>);
    impl<'de, T: Words> Visitor<'de> for Bytes<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("numbers as bytes")
        }
        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
            if !bytes.len().is_multiple_of(T::COUNT * 4) {
                return Err(E::custom("a number that is cut off"));
            }
            let words: Vec<u32> =
                bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
            Ok(words.chunks_exact(T::COUNT).map(T::get).collect())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
            Err(A::Error::custom("numbers one by one"))
        }
    }
    deserializer.deserialize_bytes(Bytes(std::marker::PhantomData))
}
