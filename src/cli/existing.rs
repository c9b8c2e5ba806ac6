//! Which points exist already? A file of them, as the SOT places that they are.

use crate::io::Loaded;
use crate::lang::Lang;
use crate::model::{Entry, FeatureTable, Role, SotStatus, TableBuilder};
use crate::say;

/// Makes a layer of SOT places of points that exist: in place, unless a column says otherwise.
pub fn as_sot_places(mut loaded: Loaded, status_field: Option<&str>, lang: Lang) -> Result<Loaded, String> {
    let wanted = status_field.unwrap_or("status").trim().to_lowercase();
    let file = loaded.source.name();
    let has_column = loaded.table.columns.iter().any(|column| column.name.to_lowercase() == wanted);
    if let Some(column) = status_field.filter(|_| !has_column) {
        let names: Vec<&str> = loaded.table.columns.iter().map(|column| column.name.as_str()).collect();
        let known = names.join(", ");
        return Err(say!(
            lang,
            "--status-field: {file} har ingen kolumn {column}. Kolumner: {known}",
            "--status-field: {file} has no column {column}. Columns: {known}"
        ));
    }
    let mut statuses = TableBuilder::default();
    let column = statuses.column("status");
    for feature in &loaded.table.features {
        let written = loaded.table.row(feature).text_of(&[wanted.as_str()]);
        let status = match &written {
            None => SotStatus::InPlace,
            Some(written) => SotStatus::parse(written).ok_or_else(|| {
                let number = feature.number;
                let known = SotStatus::ALL.map(SotStatus::id).join(", ");
                say!(
                    lang,
                    "{file}, objekt {number}: {wanted} är ”{written}”, ingen känd status. Kända: {known}",
                    "{file}, feature {number}: {wanted} is “{written}”, which is no known status. Known: {known}"
                )
            })?,
        };
        statuses.count(column, false, || status.id().to_owned());
        statuses.put(column, feature.row, Entry::Text(status.id()));
    }
    let FeatureTable { features, mut columns, report, is_demo, .. } = loaded.table;
    columns.retain(|column| !["status", "sot_status"].contains(&column.name.to_lowercase().as_str()));
    columns.extend(statuses.finish());
    loaded.table = FeatureTable::new(features, columns, report, is_demo);
    loaded.role = Role::SotPlaces;
    Ok(loaded)
}
