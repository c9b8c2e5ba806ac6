//! What does the program show before it is given files? The demonstration of Jämtland, compiled in.

use std::sync::Arc;

use crate::io::{IoError, LoadOptions, load_bytes};
use crate::model::{
    AreaFields, ContextUse, KindRule, Layer, LayerId, Project, Role, ServiceKind, SourcePlace,
};
use crate::progress::Progress;

macro_rules! demo_file {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../data/jamtland/", $name)).as_slice())
    };
}

/// Name, bytes: bottom layer first.
const FILES: [(&str, &[u8]); 11] = [
    demo_file!("municipalities.geojson"),
    demo_file!("water.geojson"),
    demo_file!("population.geojson"),
    demo_file!("places.geojson"),
    demo_file!("rescue.geojson"),
    demo_file!("payment.geojson"),
    demo_file!("parcel.geojson"),
    demo_file!("pharmacy.geojson"),
    demo_file!("fuel.geojson"),
    demo_file!("grocery.geojson"),
    demo_file!("sot.geojson"),
];

/// What the project of the example is called.
pub const NAME: &str = "Jämtland (exempel)";

/// The bytes of a demo file.
#[must_use]
pub fn bytes(name: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

/// The role of a demo file.
fn role(name: &str) -> Role {
    let stem = name.trim_end_matches(".geojson");
    match stem {
        "municipalities" => {
            Role::Areas(AreaFields { code: Some("kommun_kod".into()), name: Some("kommun".into()) })
        }
        "water" => Role::Context(ContextUse::Water),
        "places" => Role::Context(ContextUse::Places),
        "population" => Role::Population { field: "population".into() },
        "sot" => Role::SotPlaces,
        other => {
            Role::Services(KindRule::All(ServiceKind::from_id(other).unwrap_or(ServiceKind::Other).into()))
        }
    }
}

/// The demonstration as a project.
///
/// # Errors
/// [`IoError`] when cancelled; the files themselves are tested.
pub fn project(progress: &dyn Progress) -> Result<Project, IoError> {
    let mut layers = Vec::new();
    for (id, (name, bytes)) in (1u32..).zip(FILES) {
        let options = LoadOptions { role: Some(role(name)), ..LoadOptions::default() };
        let place = SourcePlace::Demo(name.into());
        let layer = load_bytes(place, bytes, &options, progress)?.into_layer(LayerId(id));
        layers.push(Arc::new(Layer { name: title(name).into(), ..layer }));
    }
    Ok(Project { name: NAME.into(), layers, ..Project::default() })
}

/// The layer's name as users read it.
fn title(name: &str) -> &str {
    match name.trim_end_matches(".geojson") {
        "municipalities" => "Kommuner",
        "water" => "Vatten",
        "population" => "Befolkning 1 km",
        "places" => "Orter",
        "rescue" => "Räddningstjänst",
        "payment" => "Betaltjänster",
        "parcel" => "Post och paket",
        "pharmacy" => "Apotek",
        "fuel" => "Drivmedel",
        "grocery" => "Livsmedelsbutiker",
        "sot" => "SOT-platser",
        other => other,
    }
}
