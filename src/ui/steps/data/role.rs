//! What is a layer used as? The choice of a role, and of the columns and kinds that it reads.

use egui::Ui;

use crate::app::command::Command;
use crate::lang::Said;
use crate::model::{AreaFields, ContextUse, KindRule, KindSet, Layer, Role, ServiceKind, recognise};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::muted;

/// The role, and what it asks for.
pub fn role_choice(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let label = ui.label(lang.pick("Används som", "Used as"));
    egui::ComboBox::from_id_salt(("role", layer.id.0))
        .selected_text(layer.role.said(lang))
        .width(220.0)
        .show_ui(ui, |ui| {
            for role in roles(layer) {
                if ui.selectable_label(role == layer.role, role.said(lang)).clicked() && role != layer.role {
                    actions.push(Action::Edit(Command::SetRole(layer.id, role)));
                }
            }
        })
        .response
        .labelled_by(label.id);
    match &layer.role {
        Role::Population { field } => people_column(ui, cx, layer, field, actions),
        Role::Areas(fields) => area_columns(ui, cx, layer, fields, actions),
        Role::Services(KindRule::All(kinds)) => kinds_offered(ui, cx, layer, *kinds, actions),
        _ => {}
    }
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
fn people_column(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, field: &str, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let numbers = layer.table.columns.iter().filter(|column| column.numbers > 0);
    let text = lang.pick("Kolumn för antal personer", "Column that counts people");
    if let Some(field) = column_choice(ui, text, layer, Some(field), numbers.map(|c| c.name.as_str())) {
        actions.push(Action::Edit(Command::SetRole(layer.id, Role::Population { field })));
    }
}

/// Which columns hold an area's code and name?
fn area_columns(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, fields: &AreaFields, actions: &mut Vec<Action>) {
    let lang = cx.lang;
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
    if code.is_some() || name.is_some() {
        let fields = AreaFields {
            code: code.or_else(|| fields.code.clone()),
            name: name.or_else(|| fields.name.clone()),
        };
        actions.push(Action::Edit(Command::SetRole(layer.id, Role::Areas(fields))));
    }
}

/// Does the same shop offer several kinds?
fn kinds_offered(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, kinds: KindSet, actions: &mut Vec<Action>) {
    let lang = cx.lang;
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
                    let role = Role::Services(KindRule::All(kinds));
                    actions.push(Action::Edit(Command::SetRole(layer.id, role)));
                }
            }
        }
    });
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
