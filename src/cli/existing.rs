//! Which points exist already? A file of them, as the SOT places that they are.

use serde_json::Value;

use crate::io::Loaded;
use crate::lang::Lang;
use crate::model::{Role, SotStatus, recognise};
use crate::say;

/// Makes a layer of SOT places of points that exist: in place, unless a column says otherwise.
pub fn as_sot_places(mut loaded: Loaded, status_field: Option<&str>, lang: Lang) -> Result<Loaded, String> {
    let mut text = Vec::new();
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
    for at in 0..loaded.table.features.len() {
        let mut properties = loaded.table.properties(&loaded.table.features[at]);
        let written = recognise::text_of(&properties, &[wanted.as_str()]);
        let status = match &written {
            None => SotStatus::InPlace,
            Some(written) => SotStatus::parse(written).ok_or_else(|| {
                let number = loaded.table.features[at].number;
                let known = SotStatus::ALL.map(SotStatus::id).join(", ");
                say!(
                    lang,
                    "{file}, objekt {number}: {wanted} är ”{written}”, ingen känd status. Kända: {known}",
                    "{file}, feature {number}: {wanted} is “{written}”, which is no known status. Known: {known}"
                )
            })?,
        };
        properties.retain(|name, _| !["status", "sot_status"].contains(&name.to_lowercase().as_str()));
        properties.insert("status".into(), Value::from(status.id()));
        let start = text.len();
        text.extend(serde_json::to_vec(&properties).map_err(|error| error.to_string())?);
        loaded.table.features[at].properties = start..text.len();
    }
    loaded.table.text = text;
    loaded.role = Role::SotPlaces;
    Ok(loaded)
}
