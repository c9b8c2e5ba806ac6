//! Which features of a layer leave the program, as they are in its file? With all that they say.

use std::borrow::Cow;
use std::path::Path;

use super::about::About;
use super::form::{Form, write_layer};
use super::layer::{Place, ResultLayer, Row};
use super::origin::{Stamp, program_members};
use crate::io::{IoError, JsonWriter};
use crate::model::{Feature, Layer, LayerId};

/// Features of a layer, in this order; their columns are those of the source alone.
struct Features<'a> {
    layer: &'a Layer,
    features: Vec<(u32, &'a Feature)>,
}

impl ResultLayer for Features<'_> {
    fn name(&self) -> &str {
        &self.layer.name
    }

    fn count(&self) -> usize {
        self.features.len()
    }

    fn columns(&self) -> Vec<String> {
        Vec::new()
    }

    fn row(&self, at: usize) -> Row<'_> {
        let (ix, feature) = self.features[at];
        let id = feature.id.as_deref().map(Cow::Borrowed);
        Row { id, place: Place::Of(feature), origin: Some((self.layer.id, ix)) }
    }

    fn members(&self, _at: usize, _json: &mut JsonWriter) {}

    fn source(&self, id: LayerId) -> Option<&Layer> {
        (id == self.layer.id).then_some(self.layer)
    }
}

/// Writes these features of a layer in this order; how many there were.
///
/// # Errors
/// [`IoError`] when a feature has no coordinates in the system, for what the format cannot hold, or when the file cannot be
/// written.
pub fn write_features(
    path: &Path,
    layer: &Layer,
    features: &[u32],
    stamp: &Stamp,
    form: Form,
) -> Result<usize, IoError> {
    let chosen = features.iter().filter_map(|at| Some((*at, layer.table.features.get(*at as usize)?)));
    let rows = Features { layer, features: chosen.collect() };
    let mut about = JsonWriter::default();
    about.begin_object();
    program_members(&mut about, stamp);
    about.member("source", layer.source.name().as_str());
    about.member("sha256", &layer.source.sha256);
    about.member("features_in_source", &layer.table.features.len());
    about.end_object();
    write_layer(path, &rows, &About::new(about.into_bytes()), form)?;
    Ok(rows.count())
}
