//! What is a layer used as? The choice of a role, and of the columns and kinds that it reads.

use egui::Ui;

use crate::lang::{Lang, Said};
use crate::model::{AreaFields, ContextUse, KindRule, KindSet, Layer, Role, ServiceKind, recognise};
use crate::ui::widgets::muted;

/// The role, and what it asks for; another where it is chosen.
pub fn role_choice(ui: &mut Ui, lang: Lang, layer: &Layer) -> Option<Role> {
    let mut chosen = None;
    let label = ui.label(lang.pick("Används som", "Used as"));
    egui::ComboBox::from_id_salt(("role", layer.id.0))
        .selected_text(layer.role.said(lang))
        .width(220.0)
        .show_ui(ui, |ui| {
            for role in roles(layer) {
                if ui.selectable_label(role == layer.role, role.said(lang)).clicked() && role != layer.role {
                    chosen = Some(role);
                }
            }
        })
        .response
        .labelled_by(label.id);
    let asked = match &layer.role {
        Role::Population { field } => people_column(ui, lang, layer, field),
        Role::Areas(fields) => area_columns(ui, lang, layer, fields),
        Role::Services(KindRule::All(kinds)) => kinds_offered(ui, lang, *kinds),
        _ => None,
    };
    chosen.or(asked)
}

/// The roles that a layer can have.
fn roles(layer: &Layer) -> Vec<Role> {
    let field = match &layer.role {
        Role::Population { field } => Some(field.clone()),
        _ => recognise::population_field(&layer.table.columns).or_else(|| {
            layer.table.columns.iter().find(|column| column.numbers > 0).map(|column| column.name.clone())
        }),
    };
    let mut choices: Vec<Role> = field.into_iter().map(|field| Role::Population { field }).collect();
    choices.extend(
        ServiceKind::ALL
            .into_iter()
            .filter(|kind| *kind != ServiceKind::Sot)
            .map(|kind| Role::Services(KindRule::All(kind.into()))),
    );
    choices.push(Role::Services(KindRule::EachItsOwn));
    choices.push(Role::SotPlaces);
    choices.push(Role::Areas(recognise::area_fields(&layer.table.columns)));
    choices.extend([ContextUse::Places, ContextUse::Water, ContextUse::Other].map(Role::Context));
    choices
}

/// Which column counts people?
fn people_column(ui: &mut Ui, lang: Lang, layer: &Layer, field: &str) -> Option<Role> {
    let numbers = layer.table.columns.iter().filter(|column| column.numbers > 0);
    let text = lang.pick("Kolumn för antal personer", "Column that counts people");
    let field = column_choice(ui, text, layer, Some(field), numbers.map(|c| c.name.as_str()))?;
    Some(Role::Population { field })
}

/// Which columns hold an area's code and name?
fn area_columns(ui: &mut Ui, lang: Lang, layer: &Layer, fields: &AreaFields) -> Option<Role> {
    let columns = || layer.table.columns.iter().map(|column| column.name.as_str());
    let code = column_choice(
        ui,
        lang.pick("Kolumn för kod", "Column of the code"),
        layer,
        fields.code.as_deref(),
        columns(),
    );
    let name = column_choice(
        ui,
        lang.pick("Kolumn för namn", "Column of the name"),
        layer,
        fields.name.as_deref(),
        columns(),
    );
    (code.is_some() || name.is_some()).then(|| {
        Role::Areas(AreaFields {
            code: code.or_else(|| fields.code.clone()),
            name: name.or_else(|| fields.name.clone()),
        })
    })
}

/// Does the same shop offer several kinds?
fn kinds_offered(ui: &mut Ui, lang: Lang, kinds: KindSet) -> Option<Role> {
    let mut chosen = None;
    muted(
        ui,
        lang.pick(
            "Erbjuder samma butik flera typer av service? Markera dem:",
            "Does the same shop offer several kinds? Tick them:",
        ),
    );
    ui.horizontal_wrapped(|ui| {
        for kind in ServiceKind::commercial() {
            let mut is_on = kinds.contains(kind);
            if ui.checkbox(&mut is_on, kind.said(lang)).changed() {
                let kinds: KindSet = if is_on { kinds.with(kind) } else { kinds.without(kind) };
                if !kinds.is_empty() {
                    chosen = Some(Role::Services(KindRule::All(kinds)));
                }
            }
        }
    });
    chosen
}

fn column_choice<'a>(
    ui: &mut Ui,
    text: &str,
    layer: &Layer,
    chosen: Option<&str>,
    columns: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let label = muted(ui, text);
    let mut out = None;
    egui::ComboBox::from_id_salt((text, layer.id.0))
        .selected_text(chosen.unwrap_or("–"))
        .width(220.0)
        .show_ui(ui, |ui| {
            for column in columns {
                if ui.selectable_label(chosen == Some(column), column).clicked() && chosen != Some(column) {
                    out = Some(column.to_owned());
                }
            }
        })
        .response
        .labelled_by(label.id);
    out
}
