//! Step Data: which layers are there, what is each used as, and what became of every feature?

use egui::{RichText, Ui};

use crate::app::command::Command;
use crate::app::load::NeedsCrs;
use crate::lang::Said;
use crate::model::{
    AreaFields, ContextUse, KindRule, KindSet, Layer, LayerReport, Role, ServiceKind, recognise,
};
use crate::say;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, PathField, PathUse, View};
use crate::ui::theme;
use crate::ui::widgets::{answer, heading, icon_button, icon_button_if, muted, sign_button, warning};

/// Remarks listed one by one under each heading.
const LISTED: usize = 40;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let project = cx.session.project();
    if project.layers.is_empty() {
        answer(ui, lang.pick("Här finns inga data ännu.", "There are no data here yet."));
        muted(
            ui,
            lang.pick(
                "Dra hit GeoJSON-filer med befolkning, butiker, drivmedel och kommuner, eller öppna dem.",
                "Drop GeoJSON files with population, stores, fuel and municipalities here, or open them.",
            ),
        );
    } else {
        let layers = lang.count(project.layers.len());
        let refused: usize = cx
            .results()
            .map_or(0, |results| results.situation.reports.values().map(|r| r.refused.len()).sum());
        let refused = lang.count(refused);
        answer(
            ui,
            &say!(
                lang,
                "{layers} lager är inlästa, {refused} objekt avvisade.",
                "{layers} layers are loaded, {refused} features refused."
            ),
        );
    }
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, icons::OPEN, &Simple::Open.said(lang)).clicked() {
            actions.push(Action::Do(Simple::Open));
        }
        if project.layers.is_empty() && icon_button(ui, icons::LAYERS, &Simple::OpenDemo.said(lang)).clicked()
        {
            actions.push(Action::Do(Simple::OpenDemo));
        }
    });
    path_entry(ui, cx, view, actions);
    for asked in &cx.session.unplaced {
        unplaced_ui(ui, cx, view, asked, actions);
    }
    super::held::show(ui, cx, actions);
    super::roads::show(ui, cx, view, actions);
    heading(ui, lang.pick("Lager, översta först", "Layers, topmost first"));
    let layers: Vec<_> = project.layers.iter().rev().cloned().collect();
    for layer in layers {
        layer_ui(ui, cx, view, &layer, actions);
    }
    ui.add_space(6.0);
    muted(
        ui,
        lang.pick(
            "Register är ofullständiga. Kontrollera mot kommunens egen kunskap; lägg till det som saknas.",
            "Registers are incomplete. Check against the municipality's own knowledge; add what is missing.",
        ),
    );
}

/// A path typed by hand: always there, since a missing dialog looks like a cancel.
fn path_entry(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let mut text = match &view.dialogs.path_field {
        Some(PathField { purpose: PathUse::Open, text }) => text.clone(),
        _ => String::new(),
    };
    let label = muted(ui, lang.pick("… eller skriv filens sökväg", "… or write the file's path"));
    ui.horizontal(|ui| {
        let width = ui.available_width() - 70.0;
        let field = ui.add(egui::TextEdit::singleline(&mut text).desired_width(width)).labelled_by(label.id);
        if field.changed() {
            view.dialogs.path_field = Some(PathField { purpose: PathUse::Open, text: text.clone() });
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let clicked = ui.button(lang.pick("Läs in", "Load")).clicked();
        if (entered || clicked) && !text.trim().is_empty() {
            actions.push(Action::File(FileAction::Open(vec![text.trim().into()])));
            view.dialogs.path_field = None;
        }
    });
}

fn layer_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    layer: &std::sync::Arc<Layer>,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let is_open = view.data.open_layer == Some(layer.id);
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let name = &layer.name;
            let (icon, text) = if layer.is_visible {
                (icons::VISIBLE, say!(lang, "Dölj {name}", "Hide {name}"))
            } else {
                (icons::HIDDEN, say!(lang, "Visa {name}", "Show {name}"))
            };
            if sign_button(ui, true, icon, &text).clicked() {
                actions.push(Action::Edit(Command::ShowLayer {
                    layer: layer.id,
                    is_visible: !layer.is_visible,
                }));
            }
            let arrow = if is_open { icons::DOWN } else { icons::RIGHT };
            let title = ui.add(egui::Button::new(format!("{} {arrow}", layer.name)).frame(false).truncate());
            title.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.as_str()));
            if title.clicked() {
                view.data.open_layer = if is_open { None } else { Some(layer.id) };
            }
        });
        let report = cx.results().and_then(|results| results.report(layer));
        ui.horizontal_wrapped(|ui| {
            muted(ui, layer.role.said(lang));
            if let Some(report) = report {
                let (used, read) = (lang.count(report.features_used), lang.count(report.features_in));
                muted(ui, say!(lang, "· {used} av {read} används", "· {used} of {read} used"));
                if !report.refused.is_empty() {
                    let n = lang.count(report.refused.len());
                    let text = say!(lang, "· {n} avvisade", "· {n} refused");
                    ui.label(RichText::new(text).small().color(theme::error_colour(cx.theme)));
                }
                if !report.remarks.is_empty() {
                    let n = lang.count(report.remarks.len());
                    let text = if report.remarks.len() == 1 {
                        lang.pick("· 1 anmärkning", "· 1 remark").to_owned()
                    } else {
                        say!(lang, "· {n} anmärkningar", "· {n} remarks")
                    };
                    ui.label(RichText::new(text).small().color(theme::warning_colour(cx.theme)));
                }
            }
        });
        if is_open {
            ui.separator();
            details(ui, cx, view, layer, report, actions);
        }
    });
}

fn details(
    ui: &mut Ui,
    cx: &Cx<'_>,
    view: &mut View,
    layer: &std::sync::Arc<Layer>,
    report: Option<&LayerReport>,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    role_choice(ui, cx, layer, actions);
    crs_choice(ui, cx, layer, actions);
    ui.horizontal(|ui| {
        let label = ui.label(lang.pick("Genomskinlighet", "Opacity"));
        let mut opacity = layer.opacity;
        let slider =
            ui.add(egui::Slider::new(&mut opacity, 0.1..=1.0).show_value(false)).labelled_by(label.id);
        if slider.changed() {
            actions.push(Action::EditBy(slider.id, Command::SetOpacity { layer: layer.id, opacity }));
        }
    });
    ui.horizontal_wrapped(|ui| {
        if sign_button(ui, true, icons::UP, lang.pick("Flytta upp", "Move up")).clicked() {
            actions.push(Action::Edit(Command::ShiftLayer { layer: layer.id, up: true }));
        }
        if sign_button(ui, true, icons::DOWN, lang.pick("Flytta ner", "Move down")).clicked() {
            actions.push(Action::Edit(Command::ShiftLayer { layer: layer.id, up: false }));
        }
        if icon_button(ui, icons::DELETE, lang.pick("Ta bort lagret", "Remove layer")).clicked() {
            actions.push(Action::Edit(Command::RemoveLayer(layer.id)));
        }
        if icon_button(ui, icons::OPEN, lang.pick("Annan fil…", "Other file…")).clicked() {
            view.dialogs.path_field =
                Some(PathField { purpose: PathUse::Relink(layer.id), text: String::new() });
        }
    });
    let source = &layer.source;
    muted(ui, say!(lang, "Fil: {}", "File: {}", source.name()));
    if let Some(date) = &source.date {
        muted(ui, say!(lang, "Datum enligt filnamnet: {date}", "Date by the file name: {date}"));
    }
    let short = source.sha256.get(..16).unwrap_or_default();
    muted(ui, format!("{} · SHA-256 {short}…", source.crs.name()));
    if let Some(report) = report {
        report_ui(ui, cx, report, actions);
    }
}

fn role_choice(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let label = ui.label(lang.pick("Används som", "Used as"));
    let mut choices: Vec<Role> = Vec::new();
    let field = match &layer.role {
        Role::Population { field } => Some(field.clone()),
        _ => recognise::population_field(&layer.table.columns).or_else(|| {
            layer.table.columns.iter().find(|column| column.numbers > 0).map(|column| column.name.clone())
        }),
    };
    choices.extend(field.map(|field| Role::Population { field }));
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
    egui::ComboBox::from_id_salt(("role", layer.id.0))
        .selected_text(layer.role.said(lang))
        .width(220.0)
        .show_ui(ui, |ui| {
            for role in choices {
                if ui.selectable_label(role == layer.role, role.said(lang)).clicked() && role != layer.role {
                    actions.push(Action::Edit(Command::SetRole(layer.id, role)));
                }
            }
        })
        .response
        .labelled_by(label.id);
    match &layer.role {
        Role::Population { field } => {
            let numbers = layer.table.columns.iter().filter(|column| column.numbers > 0);
            let text = lang.pick("Kolumn för antal personer", "Column that counts people");
            if let Some(field) = column_choice(ui, text, layer, Some(field), numbers.map(|c| c.name.as_str()))
            {
                actions.push(Action::Edit(Command::SetRole(layer.id, Role::Population { field })));
            }
        }
        Role::Areas(fields) => {
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
        Role::Services(KindRule::All(kinds)) => {
            muted(
                ui,
                lang.pick(
                    "Erbjuder samma butik flera slag? Kryssa i dem:",
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
        _ => {}
    }
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

/// A file that waits for its coordinate system: why, and the choice.
fn unplaced_ui(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, asked: &NeedsCrs, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let path = &asked.file.path;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        warning(ui, cx.theme, asked.error.said(lang));
        // Of several that fit none is proposed: it would be a guess.
        let only = || asked.fits().first().filter(|_| asked.fits().len() == 1);
        let chosen = view.data.crs_of.get(path).or_else(only).copied();
        let label = ui.label(lang.pick("Koordinatsystem", "Coordinate system"));
        egui::ComboBox::from_id_salt(("unplaced", path))
            .selected_text(chosen.map_or_else(|| "–".to_owned(), crate::geometry::Crs::name))
            .width(220.0)
            .show_ui(ui, |ui| {
                for crs in crate::geometry::Crs::all() {
                    if ui.selectable_label(chosen == Some(crs), crs.name()).clicked() {
                        view.data.crs_of.insert(path.clone(), crs);
                    }
                }
            })
            .response
            .labelled_by(label.id);
        ui.horizontal_wrapped(|ui| {
            let text = lang.pick("Läs in med systemet", "Read with this system");
            if icon_button_if(ui, chosen.is_some(), icons::DONE, text).clicked()
                && let Some(crs) = chosen
            {
                actions.push(Action::File(FileAction::ReadIn(path.clone(), crs)));
            }
            if ui.button(lang.pick("Läs inte in filen", "Leave the file out")).clicked() {
                actions.push(Action::File(FileAction::DropUnplaced(path.clone())));
            }
        });
    });
}

fn crs_choice(ui: &mut Ui, cx: &Cx<'_>, layer: &Layer, actions: &mut Vec<Action>) {
    let label = ui.label(cx.lang.pick("Koordinatsystem", "Coordinate system"));
    let assumed = if layer.source.crs_assumed { cx.lang.pick(" (antaget)", " (assumed)") } else { "" };
    egui::ComboBox::from_id_salt(("crs", layer.id.0))
        .selected_text(format!("{}{assumed}", layer.source.crs.name()))
        .width(220.0)
        .show_ui(ui, |ui| {
            for crs in crate::geometry::Crs::all() {
                if ui.selectable_label(crs == layer.source.crs, crs.name()).clicked()
                    && crs != layer.source.crs
                {
                    actions.push(Action::File(FileAction::ReadAgain(layer.id, crs)));
                }
            }
        })
        .response
        .labelled_by(label.id);
}

fn report_ui(ui: &mut Ui, cx: &Cx<'_>, report: &LayerReport, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let (read, used, refused) =
        (lang.count(report.features_in), lang.count(report.features_used), lang.count(report.refused.len()));
    heading(ui, lang.pick("Datarapport", "Data report"));
    ui.label(say!(
        lang,
        "{read} in = {used} använda + {refused} avvisade",
        "{read} in = {used} used + {refused} refused"
    ));
    if let Some(ways) = report.area_ways {
        muted(ui, ways.said(lang));
    }
    if !report.refused.is_empty() {
        let title = say!(lang, "Avvisade ({refused})", "Refused ({refused})");
        egui::CollapsingHeader::new(title).show(ui, |ui| {
            for item in report.refused.iter().take(LISTED) {
                let text = format!("#{} {}: {}", item.number, item.reason.field(), item.reason.said(lang));
                link(ui, &text, item.place, actions);
            }
            more(ui, cx, report.refused.len());
        });
    }
    for (code, remarks) in report.remarks_by_code() {
        let Some(first) = remarks.first() else { continue };
        let title = format!("{} ({})", first.kind.heading(lang), lang.count(remarks.len()));
        egui::CollapsingHeader::new(title).id_salt(code).show(ui, |ui| {
            for remark in remarks.iter().take(LISTED) {
                let number = remark.number.map_or_else(String::new, |number| format!("#{number} "));
                link(ui, &format!("{number}{}", remark.kind.said(lang)), remark.place, actions);
            }
            more(ui, cx, remarks.len());
        });
    }
}

fn more(ui: &mut Ui, cx: &Cx<'_>, count: usize) {
    if count > LISTED {
        let rest = cx.lang.count(count - LISTED);
        muted(
            ui,
            say!(
                cx.lang,
                "… och {rest} till; alla står i quality.json från kommandoraden",
                "… and {rest} more; all are in quality.json from the command line"
            ),
        );
    }
}

/// A line that leads to its feature on the map.
fn link(ui: &mut Ui, text: &str, place: Option<crate::geometry::LonLat>, actions: &mut Vec<Action>) {
    let text = RichText::new(text).small();
    match place {
        Some(place) => {
            if ui.add(egui::Button::new(text).frame(false).wrap()).clicked() {
                actions.push(Action::Go(Goal { place, zoom: Some(12.0) }));
            }
        }
        None => {
            ui.add(egui::Label::new(text).wrap());
        }
    }
}
