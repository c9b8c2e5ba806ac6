//! Where on the screen is a place? Pixels and the Mercator square, in doubles so that nothing trembles.

use egui::{Pos2, Rect, Vec2, pos2};
use walkers::{MapMemory, lon_lat};

use crate::geometry::LonLat;
use crate::scene::{Mercator, lon_lat_of, mercator, metres_around};

/// The map's part of the world, for one frame.
#[derive(Debug, Clone, Copy)]
pub struct Camera {
    pub rect: Rect,
    pub zoom: f64,
    /// Points a unit of the Mercator square.
    scale: f64,
    centre: Mercator,
}

/// Farthest out and in.
pub const ZOOM: std::ops::RangeInclusive<f64> = 3.0..=18.0;

impl Camera {
    #[must_use]
    pub fn new(rect: Rect, memory: &MapMemory) -> Self {
        let zoom = memory.zoom();
        let centre = memory.detached().map_or(LonLat::new(15.0, 63.0), |p| LonLat::new(p.x(), p.y()));
        Self { rect, zoom, scale: 256.0 * zoom.exp2(), centre: mercator(centre) }
    }

    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    pub fn screen(&self, point: Mercator) -> Pos2 {
        let middle = self.rect.center();
        pos2(
            ((point[0] - self.centre[0]) * self.scale) as f32 + middle.x,
            ((point[1] - self.centre[1]) * self.scale) as f32 + middle.y,
        )
    }

    #[must_use]
    pub fn mercator(&self, at: Pos2) -> Mercator {
        let offset = at - self.rect.center();
        [self.centre[0] + f64::from(offset.x) / self.scale, self.centre[1] + f64::from(offset.y) / self.scale]
    }

    #[must_use]
    pub fn place(&self, at: Pos2) -> LonLat {
        lon_lat_of(self.mercator(at))
    }

    /// The corners of what is seen, a margin of points around it.
    #[must_use]
    pub fn visible(&self, margin: f32) -> (Mercator, Mercator) {
        let rect = self.rect.expand(margin);
        (self.mercator(rect.min), self.mercator(rect.max))
    }

    /// Points a metre at the middle of the map.
    #[must_use]
    pub fn points_per_metre(&self) -> f64 {
        self.scale / metres_around(lon_lat_of(self.centre).lat)
    }

    /// The camera after a pan by screen points.
    pub fn pan(&self, memory: &mut MapMemory, by: Vec2) {
        let place = self.place(self.rect.center() - by);
        memory.center_at(lon_lat(place.lon, place.lat));
    }

    /// The camera after a zoom that leaves a point of the screen where it is.
    pub fn zoom_at(&self, memory: &mut MapMemory, at: Pos2, by: f64) {
        let zoom = (self.zoom + by).clamp(*ZOOM.start(), *ZOOM.end());
        let fixed = self.mercator(at);
        let scale = 256.0 * zoom.exp2();
        let offset = at - self.rect.center();
        let centre = [fixed[0] - f64::from(offset.x) / scale, fixed[1] - f64::from(offset.y) / scale];
        let place = lon_lat_of(centre);
        // The range lies within the library's own.
        if memory.set_zoom(zoom).is_ok() {
            memory.center_at(lon_lat(place.lon, place.lat));
        }
    }

    /// Shows a box of the Mercator square as a whole, as large as it can be without the legend over it.
    pub fn show_box(rect: Rect, memory: &mut MapMemory, box_: (Mercator, Mercator), legend: Option<Rect>) {
        let whole = Fit::of(rect, box_);
        let hides = |legend: &Rect| whole.screen(rect, box_).intersects(*legend);
        let fit = legend.filter(hides).map_or(whole, |legend| {
            // Whichever side of the legend has most room.
            let sides = [
                Rect::from_min_max(pos2(legend.right(), rect.top()), rect.max),
                Rect::from_min_max(rect.min, pos2(rect.right(), legend.top())),
                Rect::from_min_max(rect.min, pos2(legend.left(), rect.bottom())),
                Rect::from_min_max(pos2(rect.left(), legend.bottom()), rect.max),
            ];
            let fits = sides.into_iter().filter(Rect::is_positive).map(|side| Fit::of(side, box_));
            fits.max_by(|a, b| a.zoom.total_cmp(&b.zoom)).unwrap_or(whole)
        });
        let offset = fit.middle - rect.center();
        let scale = 256.0 * fit.zoom.exp2();
        let (min, max) = box_;
        let centre = [
            f64::midpoint(min[0], max[0]) - f64::from(offset.x) / scale,
            f64::midpoint(min[1], max[1]) - f64::from(offset.y) / scale,
        ];
        let place = lon_lat_of(centre);
        if memory.set_zoom(fit.zoom).is_ok() {
            memory.center_at(lon_lat(place.lon, place.lat));
        }
    }
}

/// How a box is shown in a part of the map.
#[derive(Debug, Clone, Copy)]
struct Fit {
    zoom: f64,
    middle: Pos2,
}

impl Fit {
    fn of(free: Rect, (min, max): (Mercator, Mercator)) -> Self {
        let (width, height) = ((max[0] - min[0]).max(1e-5), (max[1] - min[1]).max(1e-5));
        // The signs of places at the edge stand out of the box, and above their place.
        let free =
            free.shrink2(Vec2::new(14.0_f32.min(free.width() * 0.05), 26.0_f32.min(free.height() * 0.08)));
        let room = (f64::from(free.width().max(1.0)) / width).min(f64::from(free.height().max(1.0)) / height);
        let zoom = (room / 256.0).log2().clamp(*ZOOM.start(), 15.0);
        Self { zoom, middle: free.center() }
    }

    /// Where the box lies then.
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    fn screen(self, map: Rect, (min, max): (Mercator, Mercator)) -> Rect {
        let scale = 256.0 * self.zoom.exp2();
        let size = Vec2::new(((max[0] - min[0]) * scale) as f32, ((max[1] - min[1]) * scale) as f32);
        Rect::from_center_size(self.middle, size).intersect(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zoom_leaves_the_point_under_the_pointer() {
        let rect = Rect::from_min_size(pos2(100.0, 50.0), egui::vec2(800.0, 600.0));
        let mut memory = MapMemory::default();
        memory.center_at(lon_lat(14.6, 63.2));
        let pointer = pos2(300.0, 200.0);
        let before = Camera::new(rect, &memory).place(pointer);
        for by in [0.5, 0.5, -1.5, 3.0] {
            Camera::new(rect, &memory).zoom_at(&mut memory, pointer, by);
        }
        let after = Camera::new(rect, &memory).place(pointer);
        assert!((before.lon - after.lon).abs() < 1e-6 && (before.lat - after.lat).abs() < 1e-6);
    }

    #[test]
    fn as_many_steps_out_as_in_end_where_they_began() {
        let rect = Rect::from_min_size(pos2(0.0, 0.0), egui::vec2(800.0, 600.0));
        let mut memory = MapMemory::default();
        memory.center_at(lon_lat(14.6, 63.2));
        let start = memory.zoom();
        for by in [-0.5, -0.5, -0.5, 0.5, 0.5, 0.5] {
            Camera::new(rect, &memory).zoom_at(&mut memory, rect.center(), by);
        }
        assert!((memory.zoom() - start).abs() < 1e-9);
    }
}
