//! Where is room for a name? Boxes that are taken, and a new one that must not touch any.

/// A box on a picture, points from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub min: [f32; 2],
    pub max: [f32; 2],
}

impl Frame {
    /// A box by its corner and size.
    #[must_use]
    pub fn at(min: [f32; 2], size: [f32; 2]) -> Self {
        Self { min, max: [min[0] + size[0], min[1] + size[1]] }
    }

    #[must_use]
    pub fn grown(self, by: [f32; 2]) -> Self {
        Self {
            min: [self.min[0] - by[0], self.min[1] - by[1]],
            max: [self.max[0] + by[0], self.max[1] + by[1]],
        }
    }

    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        (0..2).all(|axis| other.min[axis] >= self.min[axis] && other.max[axis] <= self.max[axis])
    }

    fn touches(self, other: Self) -> bool {
        (0..2).all(|axis| other.min[axis] <= self.max[axis] && other.max[axis] >= self.min[axis])
    }
}

/// Boxes of a picture that are taken.
#[derive(Debug, Default)]
pub struct Taken(Vec<Frame>);

impl Taken {
    /// Keeps a part of the picture free of names.
    pub fn block(&mut self, frame: Frame) {
        self.0.push(frame);
    }

    /// Takes a box for a name, with a little room around; false where it touches another or leaves the picture.
    pub fn take(&mut self, frame: Frame, picture: Frame) -> bool {
        let roomy = frame.grown([4.0, 1.0]);
        let is_free = picture.holds(frame) && !self.0.iter().any(|taken| taken.touches(roomy));
        if is_free {
            self.0.push(roomy);
        }
        is_free
    }
}

/// How many names a picture of this zoom has: few, enough to know where one is.
#[must_use]
pub const fn most(zoom: f64) -> usize {
    if zoom < 7.5 {
        14
    } else if zoom < 9.0 {
        30
    } else {
        80
    }
}

/// The size of a name's letters, by its people.
#[must_use]
pub const fn size(people: f64) -> f32 {
    if people > 5_000.0 { 15.0 } else { 12.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_touch_nothing_and_stay_inside() {
        let picture = Frame::at([0.0, 0.0], [100.0, 50.0]);
        let mut taken = Taken::default();
        taken.block(Frame::at([0.0, 0.0], [20.0, 20.0]));
        assert!(!taken.take(Frame::at([10.0, 10.0], [30.0, 10.0]), picture), "on what is blocked");
        assert!(taken.take(Frame::at([30.0, 10.0], [30.0, 10.0]), picture));
        assert!(!taken.take(Frame::at([50.0, 12.0], [30.0, 10.0]), picture), "on another name");
        assert!(!taken.take(Frame::at([80.0, 30.0], [30.0, 10.0]), picture), "outside");
    }
}
