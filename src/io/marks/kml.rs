//! What does a placemark draw and say?

use geo::{Coord, Geometry, GeometryCollection, LineString, Point, Polygon};

use super::xml::Element;
use super::{Mark, bad};
use crate::io::features::turned;
use crate::model::Refusal;

/// Elements that are features.
pub(super) const FEATURES: &[&str] = &["Placemark"];

/// What is said of a feature, as it is named there.
const SAID: [&str; 5] = ["name", "description", "address", "phoneNumber", "snippet"];

/// A feature of its element. The folder or document that it lies in stands in the column `folder`.
pub(super) fn mark(element: &Element) -> Mark {
    let mut said: Vec<(String, String)> = Vec::new();
    let own =
        SAID.iter().filter_map(|name| Some(((*name).to_owned(), element.first(name)?.said()?.to_owned())));
    said.extend(own);
    said.extend(element.within.clone().map(|folder| ("folder".to_owned(), folder)));
    for data in element.all("ExtendedData").flat_map(|extended| &extended.inner) {
        let pairs: Vec<(Option<&str>, Option<&str>)> = match data.name.as_str() {
            "Data" => vec![(data.attribute("name"), data.first("value").and_then(Element::said))],
            "SchemaData" => data.all("SimpleData").map(|one| (one.attribute("name"), one.said())).collect(),
            other => vec![(Some(other), data.said())],
        };
        for (name, value) in pairs.into_iter().filter_map(|(name, value)| name.zip(value)) {
            // Of a name given twice the first holds.
            if !said.iter().any(|(known, _)| known == name) {
                said.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    let id = element.attribute("id").map(str::to_owned);
    Mark { id, shape: element.inner.iter().find_map(shape).unwrap_or(Err(Refusal::NoGeometry)), said }
}

/// What an element draws; `None` for one that is no geometry.
fn shape(element: &Element) -> Option<Result<Geometry, Refusal>> {
    Some(match element.name.as_str() {
        "Point" => positions(element).and_then(|positions| match positions.as_slice() {
            [first, ..] => Ok(Point(*first).into()),
            [] => Err(Refusal::EmptyGeometry),
        }),
        "LineString" => positions(element).map(|positions| LineString::new(positions).into()),
        "LinearRing" => ring(element, true).map(|ring| Polygon::new(ring, Vec::new()).into()),
        "Polygon" => polygon(element).map(Geometry::from),
        "MultiGeometry" => {
            let parts = element.inner.iter().filter_map(shape).collect::<Result<Vec<_>, _>>();
            parts.map(together)
        }
        "Track" | "MultiTrack" | "Model" => Err(bad(
            format!("är en {}, som inte läses", element.name),
            format!("is a {}, which is not read", element.name),
        )),
        _ => return None,
    })
}

/// Parts of one kind as several of it.
fn together(parts: Vec<Geometry>) -> Geometry {
    let polygons: Option<Vec<Polygon>> = parts.iter().cloned().map(|part| part.try_into().ok()).collect();
    let lines: Option<Vec<LineString>> = parts.iter().cloned().map(|part| part.try_into().ok()).collect();
    match (polygons, lines) {
        (Some(polygons), _) if !polygons.is_empty() => geo::MultiPolygon::new(polygons).into(),
        (_, Some(lines)) if !lines.is_empty() => geo::MultiLineString::new(lines).into(),
        _ => Geometry::GeometryCollection(GeometryCollection::new_from(parts)),
    }
}

fn polygon(element: &Element) -> Result<Polygon, Refusal> {
    let rings = |name: &'static str, is_border: bool| {
        let borders = element.all(name).flat_map(|border| border.all("LinearRing"));
        borders.map(|border| ring(border, is_border)).collect::<Result<Vec<_>, _>>()
    };
    let border = rings("outerBoundaryIs", true)?.into_iter().next().ok_or(Refusal::EmptyGeometry)?;
    Ok(Polygon::new(border, rings("innerBoundaryIs", false)?))
}

/// The format says nothing of the way that rings run that programs keep to.
fn ring(element: &Element, is_border: bool) -> Result<LineString, Refusal> {
    Ok(turned(LineString::new(positions(element)?), is_border))
}

/// `lon,lat,height` parted by blanks.
fn positions(element: &Element) -> Result<Vec<Coord>, Refusal> {
    let text = element.first("coordinates").map(|inner| inner.text.as_str()).unwrap_or_default();
    let position = |text: &str| {
        let mut numbers = text.split(',').map(|number| number.trim().parse::<f64>());
        if let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) {
            return Ok(Coord { x, y });
        }
        let text: String = text.chars().take(40).collect();
        Err(bad(
            format!("”{text}” är ingen position (longitud,latitud)"),
            format!("“{text}” is no position (longitude,latitude)"),
        ))
    };
    text.split_whitespace().map(position).collect()
}
