//! Where on a picture does a place lie? In the square of web maps, as on the screen, or in SWEREF 99 TM, in which a scale
//! holds for a whole page.

use crate::geometry::{PlanePoint, Reprojection};
use crate::scene::{Mercator, box_around, lon_lat_of, mercator, metres_around};

/// In which plane a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Projection {
    /// As the screen: lengths grow to the north.
    Mercator,
    /// SWEREF 99 TM: a length is true to a thousandth or so in all of Sweden.
    Sweref,
}

impl Projection {
    /// SWEREF 99 TM where it is meant for, Mercator elsewhere.
    #[must_use]
    pub fn for_paper((min, max): (Mercator, Mercator)) -> Self {
        let is_there = |point: Mercator| {
            let place = lon_lat_of(point);
            (4.0..=32.0).contains(&place.lon) && (50.0..=74.0).contains(&place.lat)
        };
        if is_there(min) && is_there(max) { Self::Sweref } else { Self::Mercator }
    }

    /// In the plane: metres of SWEREF 99 TM, or parts of the square; down is more.
    fn plane(self, point: Mercator, reprojection: &Reprojection) -> [f64; 2] {
        match self {
            Self::Mercator => point,
            Self::Sweref => reprojection.plane(lon_lat_of(point)).map_or([f64::NAN; 2], |at| [at.e, -at.n]),
        }
    }

    fn back(self, [x, y]: [f64; 2], reprojection: &Reprojection) -> Option<Mercator> {
        match self {
            Self::Mercator => Some([x, y]),
            Self::Sweref => reprojection.lon_lat_from_plane(PlanePoint::new(x, -y)).map(mercator),
        }
    }
}

/// A part of a picture, points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Room {
    pub min: [f64; 2],
    pub size: [f64; 2],
}

impl Room {
    #[must_use]
    pub fn max(self) -> [f64; 2] {
        [self.min[0] + self.size[0], self.min[1] + self.size[1]]
    }

    #[must_use]
    pub fn middle(self) -> [f64; 2] {
        [self.min[0] + self.size[0] / 2.0, self.min[1] + self.size[1] / 2.0]
    }

    #[must_use]
    pub fn shrunk(self, by: f64) -> Self {
        let size = self.size.map(|side| (side - 2.0 * by).max(1.0));
        Self { min: [self.min[0] + by, self.min[1] + by], size }
    }

    #[must_use]
    pub fn holds(self, [x, y]: [f64; 2]) -> bool {
        let max = self.max();
        x >= self.min[0] && x <= max[0] && y >= self.min[1] && y <= max[1]
    }
}

/// Where on a picture a place lies.
pub struct Camera<'a> {
    reprojection: &'a Reprojection,
    pub projection: Projection,
    /// Points for a unit of the plane.
    scale: f64,
    /// The point of the plane in the middle of the room.
    centre: [f64; 2],
    pub room: Room,
    pub points_per_metre: f64,
    /// What can be seen, in the Mercator square.
    pub window: (Mercator, Mercator),
}

impl<'a> Camera<'a> {
    /// Shows a box as large as the room allows. `nicer` may make the number of points for a metre smaller.
    #[must_use]
    pub fn fit(
        bounds: (Mercator, Mercator),
        room: Room,
        projection: Projection,
        reprojection: &'a Reprojection,
        nicer: impl Fn(f64) -> f64,
    ) -> Self {
        let (min, max) = plane_box(bounds, projection, reprojection);
        let centre = [f64::midpoint(min[0], max[0]), f64::midpoint(min[1], max[1])];
        let least = if projection == Projection::Mercator { 1e-7 } else { 100.0 };
        let fits = (0..2).map(|axis| room.size[axis] / (max[axis] - min[axis]).max(least));
        let fits = fits.fold(f64::INFINITY, f64::min);
        // A unit of the square is the equator, longer than the ground by the latitude.
        let unit_m = match projection {
            Projection::Sweref => 1.0,
            Projection::Mercator => metres_around(lon_lat_of(centre).lat),
        };
        let points_per_metre = nicer(fits / unit_m);
        let mut camera = Self {
            reprojection,
            projection,
            scale: points_per_metre * unit_m,
            centre,
            room,
            points_per_metre,
            window: bounds,
        };
        camera.window = camera.seen().unwrap_or(bounds);
        camera
    }

    /// The same scale in another room, with what was in the middle at a point of it.
    #[must_use]
    pub fn moved_to(self, at: [f64; 2], room: Room) -> Self {
        let middle = room.middle();
        let centre = [0, 1].map(|axis| self.centre[axis] + (middle[axis] - at[axis]) / self.scale);
        let mut camera = Self { centre, room, ..self };
        camera.window = camera.seen().unwrap_or(camera.window);
        camera
    }

    #[must_use]
    pub fn at(&self, point: Mercator) -> [f64; 2] {
        let plane = self.projection.plane(point, self.reprojection);
        let middle = self.room.middle();
        [0, 1].map(|axis| (plane[axis] - self.centre[axis]) * self.scale + middle[axis])
    }

    /// As the zoom of the window, for what is drawn at which scale.
    #[must_use]
    pub fn zoom(&self) -> f64 {
        (self.square_points() / 256.0).log2()
    }

    /// How many points the side of the Mercator square would have.
    #[must_use]
    pub fn square_points(&self) -> f64 {
        let lat = f64::midpoint(self.window.0[1], self.window.1[1]);
        self.points_per_metre * metres_around(lon_lat_of([0.5, lat]).lat)
    }

    /// What the room shows and a little more, in the Mercator square.
    fn seen(&self) -> Option<(Mercator, Mercator)> {
        let (room, middle) = (self.room.shrunk(-12.0), self.room.middle());
        let max = room.max();
        let parts = (0u8..=8).map(|at| f64::from(at) / 8.0);
        let around = parts.flat_map(|part| {
            let [x, y] = [0, 1].map(|axis| room.min[axis] + room.size[axis] * part);
            [[x, room.min[1]], [x, max[1]], [room.min[0], y], [max[0], y]]
        });
        let back = |at: [f64; 2]| {
            let plane = [0, 1].map(|axis| (at[axis] - middle[axis]) / self.scale + self.centre[axis]);
            self.projection.back(plane, self.reprojection)
        };
        box_around(around.filter_map(back))
    }
}

/// The box in the plane around a box of the Mercator square, whose sides may bend.
fn plane_box(
    (min, max): (Mercator, Mercator),
    projection: Projection,
    reprojection: &Reprojection,
) -> ([f64; 2], [f64; 2]) {
    let parts = (0u8..=8).map(|at| f64::from(at) / 8.0);
    let around = parts.flat_map(|part| {
        let [x, y] = [0, 1].map(|axis| min[axis] + (max[axis] - min[axis]) * part);
        [[x, min[1]], [x, max[1]], [min[0], y], [max[0], y]]
    });
    let found =
        box_around(around.map(|point| projection.plane(point, reprojection)).filter(|at| at[0].is_finite()));
    found.unwrap_or((min, max))
}
