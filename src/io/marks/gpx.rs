//! What is a waypoint, a route, a track?

use geo::{Coord, Geometry, LineString, MultiLineString, Point};

use super::xml::Element;
use super::{Mark, bad};
use crate::model::Refusal;

/// Elements that are features.
pub(super) const FEATURES: &[&str] = &["wpt", "rte", "trk"];

/// What is said of a feature, as it is named there.
const SAID: [&str; 8] = ["name", "cmt", "desc", "src", "sym", "type", "number", "ele"];

/// A feature of its element; what kind it is stands in the column `gpx`.
pub(super) fn mark(element: &Element) -> Mark {
    let mut said: Vec<(String, String)> = vec![("gpx".into(), element.name.clone())];
    said.extend(
        SAID.iter().filter_map(|name| Some(((*name).to_owned(), element.first(name)?.said()?.to_owned()))),
    );
    Mark { id: None, shape: shape(element), said }
}

fn shape(element: &Element) -> Result<Geometry, Refusal> {
    Ok(match element.name.as_str() {
        "wpt" => Point(position(element)?).into(),
        "rte" => line(element.all("rtept"))?.into(),
        _ => {
            // A segment of one position is where a navigator lost its way; it draws nothing.
            let parts =
                element.all("trkseg").map(|part| line(part.all("trkpt"))).collect::<Result<Vec<_>, _>>()?;
            let mut parts: Vec<LineString> = parts.into_iter().filter(|line| line.0.len() > 1).collect();
            match parts.len() {
                1 => parts.remove(0).into(),
                _ => MultiLineString::new(parts).into(),
            }
        }
    })
}

fn line<'a>(points: impl Iterator<Item = &'a Element>) -> Result<LineString, Refusal> {
    points.map(position).collect::<Result<Vec<_>, _>>().map(LineString::new)
}

fn position(element: &Element) -> Result<Coord, Refusal> {
    let number = |name: &str| {
        let text = element.attribute(name).unwrap_or_default().trim();
        let wrong =
            || bad(format!("”{name}” är inget tal: ”{text}”"), format!("“{name}” is no number: “{text}”"));
        text.parse::<f64>().map_err(|_| wrong())
    };
    Ok(Coord { x: number("lon")?, y: number("lat")? })
}
