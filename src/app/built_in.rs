//! Whose municipality is a place in while no layer of areas is loaded? The boundaries that are built in stand in, as a
//! layer that no project file names, with a remark that says so.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use geo::{Geometry, InteriorPoint};

use crate::geometry::{Crs, LonLat, plane_from_place};
use crate::io::ground::{self, Region};
use crate::model::{
    AreaFields, Entry, Feature, FeatureTable, Layer, LayerId, LayerReport, Project, Remark, RemarkKind, Role,
    SourceFile, SourcePlace, TableBuilder,
};

const NAME: &str = "kommunnamn";
const CODE: &str = "kommunkod";

/// The project as it is computed: with the areas that are built in, where it has people or services and no areas.
#[must_use]
pub fn with_areas(project: &Project) -> Cow<'_, Project> {
    let has_areas = project.layers.iter().any(|layer| matches!(layer.role, Role::Areas(_)));
    let is_located = |layer: &Arc<Layer>| !matches!(layer.role, Role::Context(_));
    if has_areas || !project.layers.iter().any(is_located) {
        return Cow::Borrowed(project);
    }
    let mut with = project.clone();
    with.layers.push(Arc::clone(layer()));
    Cow::Owned(with)
}

/// The municipalities that are built in, as a layer.
fn layer() -> &'static Arc<Layer> {
    static LAYER: OnceLock<Arc<Layer>> = OnceLock::new();
    LAYER.get_or_init(|| Arc::new(made(&ground::ground().municipalities)))
}

fn made(municipalities: &[Region]) -> Layer {
    let mut builder = TableBuilder::default();
    let columns = [builder.column(CODE), builder.column(NAME)];
    let mut features = Vec::new();
    for (row, region) in (0u32..).zip(municipalities) {
        for (column, text) in columns.into_iter().zip([&region.code, &region.name]) {
            builder.count(column, false, || text.clone());
            builder.put(column, row, Entry::Text(text));
        }
        features.push(feature(row, region));
    }
    let count = features.len();
    let remark = Remark { number: None, kind: RemarkKind::AreasBuiltIn, place: None };
    let report = LayerReport { features_in: count, remarks: vec![remark], ..LayerReport::default() };
    Layer {
        id: LayerId::BUILT_IN,
        name: "Municipalities (built-in boundaries)".into(),
        source: SourceFile {
            place: SourcePlace::BuiltIn("ground.topojson.gz"),
            sha256: ground::sha256(),
            bytes: ground::bytes(),
            crs: Crs::Wgs84,
            crs_assumed: false,
            encoding: None,
            date: None,
            part: None,
            reading: crate::model::Reading::default(),
        },
        role: Role::Areas(AreaFields { code: Some(CODE.into()), name: Some(NAME.into()) }),
        table: Arc::new(FeatureTable::new(features, builder.finish(), report, false)),
        is_visible: true,
        opacity: 1.0,
    }
}

fn feature(row: u32, region: &Region) -> Feature {
    // A place on its land: that of the name on the map.
    let inside = region.shape.interior_point();
    let place = inside.map_or(region.label_at, |point| LonLat::new(point.x(), point.y()));
    Feature {
        number: row + 1,
        id: Some(region.code.clone().into()),
        place,
        point: plane_from_place(place).unwrap_or_default(),
        shape: Some(Box::new(Geometry::MultiPolygon(region.area.clone()))),
        row,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;
    use crate::progress::Unwatched;

    #[test]
    fn they_stand_in_only_while_no_areas_are_loaded_and_always_as_the_same_layer() {
        let mut project = demo::project(&Unwatched).expect("the example");
        assert!(matches!(with_areas(&project), Cow::Borrowed(_)));
        project.layers.retain(|layer| !matches!(layer.role, Role::Areas(_)));
        let (one, other) = (with_areas(&project), with_areas(&project));
        assert_eq!(one.layers.len(), project.layers.len() + 1);
        let last = |project: &Project| project.layers.last().cloned().expect("a layer");
        assert!(Arc::ptr_eq(&last(&one), &last(&other)));
        assert_eq!(last(&one).table.features.len(), 290);
        project.layers.retain(|layer| matches!(layer.role, Role::Context(_)));
        assert!(matches!(with_areas(&project), Cow::Borrowed(_)));
    }
}
