//! What does an export say of the tables that were joined to a layer?

use crate::io::JsonWriter;
use crate::lang::{Lang, Said};
use crate::model::{Gives, LayerReport, Sharing};

/// The tables joined to a layer: which they are, by what they met, and how many rows did.
pub(in crate::app) fn joined_member(json: &mut JsonWriter, report: &LayerReport) {
    if report.joined.is_empty() {
        return;
    }
    json.key("joined");
    json.begin_array();
    for joined in &report.joined {
        json.begin_object();
        json.member("table", &joined.table);
        json.member("sha256", &joined.sha256);
        json.member("data_date", &joined.date);
        json.member("by", &joined.by.iter().map(|pair| pair.said(Lang::En)).collect::<Vec<_>>());
        json.member("gives", if joined.gives == Gives::Places { "places" } else { "columns" });
        json.member("features_asked", &joined.asked);
        json.member("features_met", &joined.met);
        json.member("rows", &joined.rows);
        json.member("rows_met", &joined.rows_met);
        json.key("columns");
        json.begin_array();
        for column in &joined.columns {
            json.begin_object();
            json.member("name", &column.name);
            if let Some((table, here)) = column.sums {
                json.number_member("sum_in_table", table);
                json.number_member("sum_joined", here);
            }
            match &column.sharing {
                Sharing::No => {}
                Sharing::SpreadBy(by) => json.member("spread_by", by),
                Sharing::Repeated => json.member("repeated", &true),
            }
            json.end_object();
        }
        json.end_array();
        json.end_object();
    }
    json.end_array();
}
