//! In which form do layers of results leave the window? Format, coordinate system and names of columns, remembered on this
//! machine.

use std::path::{Path, PathBuf};

use egui::Ui;

use crate::app::export::{Form, Format, Heads};
use crate::geometry::Crs;
use crate::lang::Lang;
use crate::ui::action::{Action, Setting};
use crate::ui::context::Cx;
use crate::ui::systems::{Picked, systems};
use crate::ui::widgets::muted;

/// The choices; another format changes the ending of the path.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, path: &mut String, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let form = cx.settings.layers_form;
    // The path says more than what was chosen the last time.
    let format = said_by(path).unwrap_or(cx.settings.layers_format);
    ui.horizontal(|ui| {
        ui.label(lang.pick("Format", "Format"));
        for other in Format::ALL {
            if ui.selectable_label(other == format, other.name()).clicked() {
                *path = with_ending(path, other);
                actions.push(Action::Set(Setting::LayersFormat(other)));
            }
        }
    });
    ui.horizontal(|ui| {
        let label = lang.pick("Koordinatsystem", "Coordinate system");
        ui.label(label);
        let shown = form.crs.name();
        let (picked, response) = systems(ui, lang, "layers-crs", shown.clone(), Some(form.crs), None);
        let name = format!("{label}: {shown}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.clone()));
        if let Some(Picked::System(crs)) = picked {
            actions.push(Action::Set(Setting::LayersForm(Form { crs, ..form })));
        }
    });
    ui.horizontal(|ui| {
        ui.label(lang.pick("Kolumnnamn", "Column names"));
        let all = [
            (Heads::En, lang.pick("fasta, engelska", "fixed, English")),
            (Heads::Sv, lang.pick("svenska", "Swedish")),
        ];
        for (heads, text) in all {
            if ui.selectable_label(heads == form.heads, text).clicked() {
                actions.push(Action::Set(Setting::LayersForm(Form { heads, ..form })));
            }
        }
    });
    muted(ui, hint(format, form.crs, lang));
}

/// What one should know of the format.
const fn hint(format: Format, crs: Crs, lang: Lang) -> &'static str {
    match (format, crs) {
        (Format::GeoJson, Crs::Wgs84) => lang.pick(
            "Kolumnerna i källan följer med, så att varje rad kan kopplas tillbaka till den.",
            "The columns of the source come along, so that every row can be joined back to it.",
        ),
        (Format::GeoJson, _) => lang.pick(
            "GeoJSON är egentligen alltid i WGS 84. Systemet anges i filen så som QGIS läser det; andra program kan missa det. Välj GeoPackage om du är osäker.",
            "GeoJSON is meant to be in WGS 84. The file names its system as QGIS reads it; other programs may miss it. Choose GeoPackage if you are in doubt.",
        ),
        (Format::GeoPackage | Format::Excel, _) => lang.pick(
            "Kolumnerna i källan följer med. Antagandena står i en egen tabell (assumptions).",
            "The columns of the source come along. The assumptions stand in a table of their own (assumptions).",
        ),
    }
}

/// The format that a path's ending tells, where it tells one.
fn said_by(path: &str) -> Option<Format> {
    let ending = Path::new(path.trim()).extension()?.to_str()?.to_lowercase();
    Format::ALL.into_iter().find(|format| format.ending() == ending)
}

/// The path with the ending of a format in place of that of another.
fn with_ending(path: &str, format: Format) -> String {
    match said_by(path) {
        Some(_) => Path::new(path.trim()).with_extension(format.ending()).display().to_string(),
        None => format!("{}.{}", path.trim().trim_end_matches('.'), format.ending()),
    }
}

/// The path that a layer is written to: one without any ending gets that of the format.
pub fn written(path: PathBuf, format: Format) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(format.ending()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_follows_the_format() {
        assert_eq!(with_ending("a/demand.geojson", Format::GeoPackage), "a/demand.gpkg");
        assert_eq!(with_ending("demand.v2", Format::Excel), "demand.v2.xlsx");
        assert_eq!(said_by("x.XLSX "), Some(Format::Excel));
        assert_eq!(said_by("x.csv"), None);
        assert_eq!(written("x".into(), Format::GeoPackage), PathBuf::from("x.gpkg"));
        assert_eq!(written("x.json".into(), Format::GeoPackage), PathBuf::from("x.json"));
    }
}
