//! Which roads does a file close? Points on them, lines along them, areas around them.

use crate::geometry::LonLat;
use crate::io::{IoError, LoadOptions, load_file};
use crate::model::{
    ClosureEffect, ClosureShape, LayerReport, MadeOn, Refusal, Refused, RoadClosure, SLOWER_RANGE, recognise,
};
use crate::progress::Progress;
use std::path::Path;

/// Reads closed roads: points on them, lines along them, polygons around them.
/// A property `slower` of 1 or more slows them by that factor instead; `name` and `reason` are kept.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use.
pub fn closures_from_file(
    path: &Path,
    options: &LoadOptions,
    first_id: u32,
    progress: &dyn Progress,
) -> Result<(Vec<RoadClosure>, LayerReport), IoError> {
    let loaded = load_file(path, options, progress)?;
    let table = &loaded.table;
    let mut closures = Vec::new();
    let mut report = table.report.clone();
    for feature in &table.features {
        let text = |wanted: &[&str]| table.row(feature).text_of(wanted).unwrap_or_default();
        let number = feature.number;
        let name = Some(text(&["name", "namn"])).filter(|name| !name.is_empty());
        let said = text(&["slower", "langsammare", "långsammare"]);
        let factor =
            recognise::written_number(&said).filter(|said| !said.is_ambiguous).map(|said| said.value);
        let effect = match factor.filter(|factor| *factor > 1.0 && SLOWER_RANGE.contains(factor)) {
            _ if said.is_empty() => ClosureEffect::Closed,
            Some(factor) => ClosureEffect::Slower(factor),
            None => {
                let reason = Refusal::NotSlower { field: "slower".into(), value: said };
                report.refused.push(Refused { number, reason, place: Some(feature.place) });
                continue;
            }
        };
        for shape in shapes(feature.shape.as_deref(), feature.place) {
            closures.push(RoadClosure {
                id: first_id + u32::try_from(closures.len()).unwrap_or(0),
                name: name.clone().unwrap_or_else(|| format!("{} #{number}", loaded.source.name())),
                reason: text(&["reason", "orsak"]),
                shape,
                effect,
                is_active: true,
                made_on: MadeOn::Unsaid,
            });
        }
    }
    report.features_used = report.features_in.saturating_sub(report.refused.len());
    if closures.is_empty() {
        return Err(IoError::NoUsableFeature { file: loaded.source.name(), report: Box::new(report) });
    }
    Ok((closures, report))
}

fn shapes(geometry: Option<&geo::Geometry>, place: LonLat) -> Vec<ClosureShape> {
    let line = |line: &geo::LineString| line.coords().map(|c| LonLat::new(c.x, c.y)).collect::<Vec<_>>();
    match geometry {
        Some(geo::Geometry::LineString(only)) => vec![ClosureShape::Line(line(only))],
        Some(geo::Geometry::MultiLineString(all)) => {
            all.0.iter().map(|part| ClosureShape::Line(line(part))).collect()
        }
        Some(geo::Geometry::Polygon(only)) => vec![ClosureShape::Area(line(only.exterior()))],
        Some(geo::Geometry::MultiPolygon(all)) => {
            all.0.iter().map(|part| ClosureShape::Area(line(part.exterior()))).collect()
        }
        _ => vec![ClosureShape::Point(place)],
    }
}
