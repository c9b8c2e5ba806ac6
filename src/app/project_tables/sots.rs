//! Which SOT places stand in the project file? All of them, with the status that counts and the file's own.

use super::rows::TableRows;
use crate::app::Results;
use crate::app::export::{area_members, service_id};
use crate::io::JsonWriter;
use crate::model::{Layer, LayerId};

/// Every SOT place.
pub(super) struct Sots<'a>(pub &'a Results);

const COLUMNS: [&str; 15] = [
    "id",
    "name",
    "municipality",
    "municipality_code",
    "status",
    "status_date",
    "serves",
    "in_favour_of",
    "status_set_by_hand",
    "file_status",
    "file_status_date",
    "note",
    "host_store",
    "host_store_id",
    "host_store_m",
];

impl TableRows for Sots<'_> {
    fn count(&self) -> usize {
        self.0.situation.sot_places.len()
    }

    fn columns(&self) -> Vec<String> {
        COLUMNS.map(String::from).into()
    }

    fn members(&self, at: usize, json: &mut JsonWriter) {
        let sot = &self.0.situation.sot_places[at];
        json.member("id", &sot.site.text());
        json.member("name", &sot.name);
        area_members(json, self.0, sot.area);
        json.member("status", sot.status.id());
        json.member("status_date", &sot.status_date);
        json.member("serves", &sot.status.is_serving());
        json.member("in_favour_of", &sot.in_favour_of);
        json.member("status_set_by_hand", &sot.status_set.is_some());
        json.member("file_status", &sot.in_file.as_ref().map(|file| file.status.id()));
        json.member("file_status_date", &sot.in_file.as_ref().map(|file| file.date.as_str()));
        json.member("note", &sot.note);
        if let Some((store, apart)) = sot.host {
            json.member("host_store", self.0.situation.service_name(store));
            json.member("host_store_id", &service_id(self.0, store));
            json.number_member("host_store_m", (apart.value() * 10.0).round() / 10.0);
        }
    }

    fn shape(&self, at: usize) -> Option<geo::Geometry> {
        let point = self.0.situation.sot_places[at].point;
        Some(geo::Point::new(point.e, point.n).into())
    }

    fn origin(&self, at: usize) -> Option<(LayerId, u32)> {
        let (layer, feature_ix) = self.0.situation.sot_places[at].feature()?;
        Some((layer, u32::try_from(feature_ix).ok()?))
    }

    fn source(&self, id: LayerId) -> Option<&Layer> {
        self.0.project.layer(id).map(AsRef::as_ref)
    }
}
