//! How is a table written, and how is a service named in it?

use crate::app::Results;
use crate::model::ServiceIx;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvStyle {
    /// Comma, decimal point.
    #[default]
    Plain,
    /// Byte order mark, semicolon, decimal comma: what a Swedish Excel opens.
    Swedish,
}

pub(super) fn service_name(results: &Results, ix: ServiceIx) -> &str {
    results.situation.service(ix).map_or("", |service| service.name.as_str())
}
