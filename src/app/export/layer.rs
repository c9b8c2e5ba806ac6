//! What is a layer of results on its way out? Rows with an id, a place and members; which feature of a file a row is, so
//! that it can be joined back to it. Does not know how it is written.

use std::borrow::Cow;

use crate::app::Results;
use crate::geometry::{LonLat, PlanePoint};
use crate::io::JsonWriter;
use crate::model::{Feature, Layer, LayerId, ServiceOrigin};
use crate::siting::{Candidate, Host};

/// Where a row stands.
pub(in crate::app) enum Place<'a> {
    /// Where its feature stands.
    Of(&'a Feature),
    Point(LonLat, PlanePoint),
    /// A shape in degrees.
    Shape(geo::Geometry),
    /// An outline in the plane.
    Outline(&'a geo::MultiPolygon),
}

/// A row of a layer.
pub(in crate::app) struct Row<'a> {
    pub id: Option<Cow<'a, str>>,
    pub place: Place<'a>,
    /// The feature that it is: its layer, and its position there.
    pub origin: Option<(LayerId, u32)>,
}

/// A layer of results.
pub(in crate::app) trait ResultLayer: Sync {
    fn name(&self) -> &str;

    /// How many rows.
    fn count(&self) -> usize;

    /// The names of the members that rows have, in their order.
    fn columns(&self) -> Vec<String>;

    /// Every name that a member of such a layer may have, whatever the data: columns of the source give way to them.
    fn reserved(&self) -> Vec<String> {
        self.columns()
    }

    fn row(&self, at: usize) -> Row<'_>;

    /// Writes the members of a row into its object.
    fn members(&self, at: usize, json: &mut JsonWriter);

    /// A layer that rows are features of.
    fn source(&self, _id: LayerId) -> Option<&Layer> {
        None
    }
}

/// The feature that a candidate's id names: the store, else the SOT place.
pub(in crate::app) fn origin_of(results: &Results, candidate: &Candidate) -> Option<(LayerId, u32)> {
    let store = match candidate.host {
        Host::Store(ix) => results.situation.service(ix).filter(|store| store.site == candidate.site),
        Host::NotInData => None,
    };
    let (layer, at) = match store.map(|store| store.origin) {
        Some(ServiceOrigin::Feature { layer, feature_ix }) => (layer, feature_ix),
        Some(ServiceOrigin::Added(_)) => return None,
        None => results.situation.sot_places.get(candidate.sot?)?.feature()?,
    };
    Some((layer, u32::try_from(at).ok()?))
}
