//! Which names stand on a map, and where is there room for them?

use super::map::{Drawing, LARGE, MANY_MARKS, SMALL, frame, mark_radius};
use super::pen::{Anchor, Letters};
use crate::lang::Lang;
use crate::scene::Mercator;
use crate::scene::colours::Rgb;
use crate::scene::ground::ground_scene;
use crate::scene::labels::{Taken, most, size};

/// From this zoom on all services have their names.
const SERVICE_NAMES_ZOOM: f64 = 8.6;

/// So few services have their names at every scale.
const FEW_NAMED: usize = 40;

impl Drawing<'_> {
    /// Names, where there is room: marks first, then SOT places, localities, services, areas.
    pub fn names(&mut self, taken: &mut Taken) {
        let (of, camera) = (self.of, self.camera);
        self.pen.line(r#"<g id="names">"#);
        let mut named: Vec<(String, [f64; 2])> = Vec::new();
        let plain = Letters::new(9.0, self.pen.colours.label)
            .with_halo(Rgb { a: 255, ..self.pen.colours.label_halo });
        let bold = Letters { points: 10.5, ..plain.bold() };
        // Many marks stand back behind the names by which one knows where one is.
        let are_many = of.marks.len() > MANY_MARKS;
        if !are_many {
            self.mark_names(bold, (taken, &mut named));
        }
        for (at, _, name, _) in of.sots() {
            self.name(
                camera.at(at),
                LARGE,
                name,
                Letters { points: 9.5, ..plain.bold() },
                (taken, &mut named),
            );
        }
        let mut left = most(camera.zoom());
        for label in of.scene.labels.iter().filter(|label| of.is_shown(label.layer)) {
            if left == 0 {
                break;
            }
            let letters = Letters { points: f64::from(size(label.weight)) * 0.75, ..plain };
            // Beside the signs that stand on the locality, where there are some.
            let found = [2.0, LARGE, 2.0 * LARGE].into_iter().any(|radius| {
                self.name(camera.at(label.at), radius, &label.name, letters, (taken, &mut named))
            });
            if found {
                left -= 1;
            }
        }
        if are_many {
            self.mark_names(Letters { points: 8.0, ..plain }, (taken, &mut named));
        }
        let seen = of.services().filter(|(at, _)| camera.room.holds(camera.at(*at))).count();
        if camera.zoom() >= SERVICE_NAMES_ZOOM || seen <= FEW_NAMED {
            for (at, name) in of.services() {
                self.name(camera.at(at), SMALL, name, Letters { points: 8.0, ..plain }, (taken, &mut named));
            }
        }
        self.area_names(taken, Letters { colour: self.pen.colours.faint_label, ..plain });
        self.pen.line("</g>");
    }

    fn mark_names(&mut self, letters: Letters, (taken, named): (&mut Taken, &mut Vec<(String, [f64; 2])>)) {
        let radius = mark_radius(self.of.marks.len()) * 1.1;
        for mark in self.of.marks {
            self.name(self.camera.at(mark.at), radius, &mark.name, letters, (&mut *taken, &mut *named));
        }
    }

    /// Names of municipalities, or of counties far out: in the middle of what one sees of them, pale.
    fn area_names(&mut self, taken: &mut Taken, letters: Letters) {
        let (of, camera) = (self.of, self.camera);
        let letters = Letters { points: 8.0, spacing: 1.2, ..letters.at(Anchor::Middle) };
        let areas = of.scene.areas.iter().filter(|area| of.is_shown(area.layer));
        let own: Vec<(&str, Mercator)> = areas.map(|area| (area.name.as_str(), area.label_at)).collect();
        let ground = ground_scene();
        let of_ground = if camera.zoom() >= 7.0 { &ground.municipalities } else { &ground.counties };
        let others = of_ground.iter().map(|one| (one.name.as_str(), one.label_at));
        let is_known = |name: &str| own.iter().any(|(known, _)| *known == name);
        let others: Vec<_> = others.filter(|(name, _)| !is_known(name)).collect();
        let abroad = ground.neighbours.iter().filter(|_| camera.zoom() < 7.5).map(|country| {
            let name = &country.names[usize::from(of.lang == Lang::En)];
            (name.as_str(), country.label_at)
        });
        for (name, at) in own.iter().copied().chain(others).chain(abroad) {
            let name = name.to_uppercase();
            let [x, y] = camera.at(at);
            for lift in [0.0, -14.0, 14.0, -28.0, 28.0] {
                let at = [x, y + lift];
                if self.take([at[0] - letters.width(&name) / 2.0, at[1]], &name, letters, taken) {
                    self.pen.text(at, &name, letters);
                    break;
                }
            }
        }
    }

    /// A name beside its sign, at the first of eight places that is free; false where none is.
    fn name(
        &mut self,
        at: [f64; 2],
        radius: f64,
        name: &str,
        letters: Letters,
        (taken, named): (&mut Taken, &mut Vec<(String, [f64; 2])>),
    ) -> bool {
        /// The same name so near is of the same place.
        const SAME: f64 = 60.0;
        let is_named = |(known, there): &(String, [f64; 2])| {
            known == name && (there[0] - at[0]).hypot(there[1] - at[1]) < SAME
        };
        if !self.camera.room.holds(at) || name.is_empty() || named.iter().any(is_named) {
            return false;
        }
        let (wide, high, gap) = (letters.width(name), letters.points, radius + 2.5);
        let (right, left, middle) = (at[0] + gap, at[0] - gap - wide, at[0] - wide / 2.0);
        let (same, below, above) = (at[1] + high * 0.35, at[1] + gap + high * 0.8, at[1] - gap - high * 0.15);
        let places = [
            [right, same],
            [left, same],
            [middle, below],
            [middle, above],
            [right, below],
            [right, above],
            [left, below],
            [left, above],
        ];
        let found = places.into_iter().find(|place| self.take(*place, name, letters, taken));
        if let Some(place) = found {
            self.pen.text(place, name, letters.at(Anchor::Start));
            named.push((name.to_owned(), at));
        }
        found.is_some()
    }

    /// Takes the box of a text that begins at a point of its base line.
    fn take(&self, [x, y]: [f64; 2], text: &str, letters: Letters, taken: &mut Taken) -> bool {
        let points = letters.points;
        let room = self.camera.room.shrunk(2.0);
        let own = frame([x, y - points * 0.85], [letters.width(text), points * 1.15]);
        taken.take(own, frame(room.min, room.size))
    }
}
