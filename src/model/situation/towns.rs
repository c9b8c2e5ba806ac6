//! Which towns and hospitals are in the data? What a village is far from: "det är 12 mil till stan".
//! Does not know how many people make a town (see `Parameters::town_people`), nor how far it is.

use super::parts::Service;
use crate::geometry::{Crs, PlanePoint, Reprojection};
use crate::model::{Layer, recognise};

/// A named place with its people, or a hospital.
#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    pub name: String,
    pub point: PlanePoint,
    /// `None` for a hospital, which counts whatever lives around it.
    pub people: Option<f64>,
    /// Its outline in the plane, where its layer draws one.
    pub outline: Option<geo::MultiPolygon>,
}

impl Town {
    /// Is it far from here what counts as far from town?
    #[must_use]
    pub fn counts(&self, town_people: f64) -> bool {
        self.people.is_none_or(|people| people >= town_people)
    }
}

/// The places of a layer of place names that state their people.
pub(super) fn bind(layer: &Layer, towns: &mut Vec<Town>) {
    let Some(field) = recognise::place_population_field(&layer.table.columns) else { return };
    for feature in &layer.table.features {
        let row = layer.table.row(feature);
        let people = row.get(&field).and_then(|value| recognise::written_number(&value.text()));
        let people = people.map(|read| read.value);
        if let Some(people) = people.filter(|people| *people > 0.0) {
            let name = recognise::name_of(row).unwrap_or_else(|| format!("#{}", feature.number));
            let outline = feature.shape.as_deref().and_then(outline);
            towns.push(Town { name, point: feature.point, people: Some(people), outline });
        }
    }
}

/// An area in degrees, in the plane.
fn outline(shape: &geo::Geometry) -> Option<geo::MultiPolygon> {
    let to_plane = Reprojection::new(Crs::Wgs84);
    match shape {
        geo::Geometry::Polygon(one) => to_plane.plane_polygon(one).map(Into::into),
        geo::Geometry::MultiPolygon(several) => several
            .0
            .iter()
            .map(|polygon| to_plane.plane_polygon(polygon))
            .collect::<Option<Vec<_>>>()
            .map(geo::MultiPolygon),
        _ => None,
    }
}

/// Hospitals among the other services: what says so in its name or form.
pub(super) fn hospitals<'a>(others: impl Iterator<Item = &'a Service>) -> Vec<Town> {
    let is_hospital = |text: &str| {
        let text = text.to_lowercase();
        ["sjukhus", "lasarett", "hospital"].iter().any(|word| text.contains(word))
    };
    others
        .filter(|service| is_hospital(&service.name) || service.form.as_deref().is_some_and(is_hospital))
        .map(|service| Town { name: service.name.clone(), point: service.point, people: None, outline: None })
        .collect()
}
