//! Are the best sites found, and is what is called proven true? Against every set of sites tried one by one,
//! and against instances whose answers are known.

mod cases;
mod known;
mod oracle;
mod random;
mod series;
