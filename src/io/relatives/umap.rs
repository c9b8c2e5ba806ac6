//! What does a project of uMap hold? Layers, each a collection of GeoJSON with a name.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{chosen, named, not_read, text};
use crate::io::features::rows::told_apart;
use crate::io::input::{Input, LoadOptions, Part, ReadLayer};
use crate::io::{IoError, geojson};
use crate::progress::Progress;

#[derive(Deserialize)]
struct Project<'a> {
    #[serde(default, borrow)]
    layers: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Layer {
    #[serde(rename = "_umap_options", alias = "_storage", default)]
    options: Value,
    #[serde(default)]
    features: Vec<serde::de::IgnoredAny>,
}

/// The layers, by name, and whether they hold anything: one may only tell where its features are fetched from.
fn layers<'a>(
    input: &'a Input<'_>,
    progress: &dyn Progress,
) -> Result<Vec<(String, bool, &'a RawValue)>, IoError> {
    let project: Project<'a> =
        serde_json::from_str(text(input, progress)?).map_err(|error| not_read(input, &error))?;
    let read = |raw: &'a RawValue| {
        let layer: Option<Layer> = serde_json::from_str(raw.get()).ok();
        let name =
            layer.as_ref().and_then(|layer| layer.options.get("name")?.as_str()).unwrap_or("?").to_owned();
        // What cannot be looked into is read, to say why.
        (name, layer.is_none_or(|layer| !layer.features.is_empty()), raw)
    };
    let found: Vec<_> = project.layers.into_iter().map(read).collect();
    let names = told_apart(found.iter().map(|(name, ..)| name.clone()));
    Ok(names.into_iter().zip(found).map(|(name, (_, holds, raw))| (name, holds, raw)).collect())
}

/// The layers of a project.
///
/// # Errors
/// [`IoError`] when it is none, or when cancelled.
pub(in crate::io) fn parts(input: &Input<'_>, progress: &dyn Progress) -> Result<Vec<Part>, IoError> {
    let layers = layers(input, progress)?.into_iter();
    Ok(layers
        .map(|(name, holds, _)| if holds { Part::Layer(Some(name)) } else { Part::Unread(name) })
        .collect())
}

/// Reads a layer of a project.
///
/// # Errors
/// [`IoError`] when there is none, and those of GeoJSON.
pub(in crate::io) fn layer(
    input: &Input<'_>,
    options: &LoadOptions,
    progress: &dyn Progress,
) -> Result<ReadLayer, IoError> {
    let mut layers = layers(input, progress)?;
    if options.part.is_none() {
        layers.retain(|(_, holds, _)| *holds);
    }
    let names: Vec<String> = layers.iter().map(|(name, ..)| name.clone()).collect();
    let at = chosen(input, &names, options.part.as_ref())?;
    let read = geojson::read_text(input.file(), layers[at].2.get().as_bytes(), options, progress)?;
    Ok(named(read, input, &names[at]))
}
