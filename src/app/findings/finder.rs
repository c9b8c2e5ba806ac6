//! What are findings looked for in, and how is a service of it called?

use super::finding::Place;
use super::ground::Ground;
use crate::app::travel::Travel;
use crate::model::{Layer, Project, Row, Service, ServiceOrigin, Situation};
use crate::units::People;

/// What findings are looked for in.
pub(super) struct Finder<'a> {
    pub project: &'a Project,
    pub situation: &'a Situation,
    pub travel: &'a Travel,
    pub ground: &'a Ground,
}

impl Finder<'_> {
    pub fn layer(&self, service: &Service) -> Option<&Layer> {
        match service.origin {
            ServiceOrigin::Feature { layer, .. } => {
                self.project.layer(layer).map(std::convert::AsRef::as_ref)
            }
            ServiceOrigin::Added(_) => None,
        }
    }

    pub fn row(&self, service: &Service) -> Option<Row<'_>> {
        let ServiceOrigin::Feature { layer, feature_ix } = service.origin else { return None };
        let table = &self.project.layer(layer)?.table;
        table.features.get(feature_ix).map(|feature| table.row(feature))
    }

    pub fn place(&self, service: &Service) -> Place {
        let number = match service.origin {
            ServiceOrigin::Feature { layer, feature_ix } => {
                let features = self.project.layer(layer).map(|layer| &layer.table.features);
                features.and_then(|features| features.get(feature_ix)).map(|feature| feature.number)
            }
            ServiceOrigin::Added(_) => None,
        };
        let layer = self.layer(service);
        Place {
            site: service.site.clone(),
            name: service.name.clone(),
            kinds: service.kinds,
            layer: layer.map(|layer| layer.id),
            layer_name: layer.map(|layer| layer.name.clone()).unwrap_or_default(),
            number,
            place: service.place,
            people: People::ZERO,
        }
    }
}
