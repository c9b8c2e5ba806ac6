//! Which maps leave the window, and how? Pages for paper, or a picture of the screen.

use egui::Ui;

use super::form_window;
use crate::lang::Lang;
use crate::model::AreaIx;
use crate::report::{self, MapFormat};
use crate::scene::paper::PaperSize;
use crate::ui::action::{Action, FileAction, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{MapForm, MapView, View};
use crate::ui::widgets::{muted, primary_button};
use crate::{lang::Said as _, say};

/// Points an inch that are offered.
const DPIS: [u32; 3] = [150, 200, 300];

pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    if !view.dialogs.map_form.is_open {
        return;
    }
    let filtered = view.area.clone();
    let form = &mut view.dialogs.map_form;
    let title = Simple::SaveMap.said(lang);
    form_window(title.trim_end_matches('…')).show(ui.ctx(), |ui| {
        ui.set_width(430.0);
        if !form.is_screen {
            views(ui, cx, form, filtered.as_deref());
        }
        formats(ui, lang, form);
        if form.is_screen {
            muted(
                ui,
                lang.pick(
                    "En bild av kartan precis som den syns i fönstret, med dess storlek.",
                    "A picture of the map just as the window shows it, in its size.",
                ),
            );
        } else {
            pages(ui, lang, form);
        }
        ui.horizontal(|ui| {
            let is_ready = form.is_screen || cx.is_drawn_now();
            let save = lang.pick("Spara…", "Save…");
            if primary_button(ui, is_ready, icons::EXPORT, save).clicked() {
                actions.push(Action::File(FileAction::AskMap));
            }
            if ui.button(lang.pick("Stäng", "Close")).clicked() {
                form.is_open = false;
            }
        });
    });
}

/// What is seen on the pages.
fn views(ui: &mut Ui, cx: &Cx<'_>, form: &mut MapForm, filtered: Option<&str>) {
    let lang = cx.lang;
    let known = cx.results().map(report::areas).unwrap_or_default();
    let areas = known.len();
    if !form.area.is_some_and(|area| known.contains(&area)) {
        let name = |area: &AreaIx| cx.results().and_then(|results| results.situation.area_name(Some(*area)));
        let wanted = known.iter().find(|area| filtered.is_some() && name(area) == filtered);
        form.area = wanted.or_else(|| known.first()).copied();
    }
    let compared = cx.session.project().compared.places.len();
    let mut all = vec![
        (MapView::Shown, lang.pick("Det som syns nu", "What is seen now").to_owned()),
        (MapView::Everything, lang.pick("Hela området", "The whole area").to_owned()),
    ];
    if areas > 0 {
        all.push((MapView::Area, lang.pick("En kommun", "One municipality").to_owned()));
        let text = say!(lang, "Varje kommun ({areas} sidor)", "Each municipality ({areas} pages)");
        all.push((MapView::EachArea, text));
    }
    if compared > 0 {
        let text = say!(
            lang,
            "Orterna sida vid sida ({compared} sidor)",
            "Villages side by side ({compared} pages)"
        );
        all.push((MapView::Compared, text));
    }
    if !all.iter().any(|(view, _)| *view == form.view) {
        form.view = MapView::Shown;
    }
    ui.label(lang.pick("Kartan visar", "The map shows"));
    ui.horizontal_wrapped(|ui| {
        for (view, text) in all {
            if ui.selectable_label(form.view == view, text).clicked() {
                form.view = view;
            }
        }
    });
    if form.view == MapView::Area {
        area(ui, cx, form, &known);
    }
}

/// Which municipality.
fn area(ui: &mut Ui, cx: &Cx<'_>, form: &mut MapForm, known: &[AreaIx]) {
    let name = |area: AreaIx| {
        let named = cx.results().and_then(|results| results.situation.area_name(Some(area)));
        named.unwrap_or_default().to_owned()
    };
    ui.horizontal(|ui| {
        let label = ui.label(cx.lang.pick("Kommun", "Municipality"));
        egui::ComboBox::from_id_salt("map-area")
            .selected_text(form.area.map(name).unwrap_or_default())
            .width(220.0)
            .show_ui(ui, |ui| {
                for area in known {
                    if ui.selectable_label(form.area == Some(*area), name(*area)).clicked() {
                        form.area = Some(*area);
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
}

fn formats(ui: &mut Ui, lang: Lang, form: &mut MapForm) {
    ui.label(lang.pick("Format", "Format"));
    ui.horizontal_wrapped(|ui| {
        for format in MapFormat::ALL {
            let text = match format {
                MapFormat::Pdf => lang.pick("PDF-sidor", "PDF pages"),
                MapFormat::Png => lang.pick("PNG-sidor", "PNG pages"),
                MapFormat::Svg => lang.pick("SVG-sidor", "SVG pages"),
            };
            if ui.selectable_label(!form.is_screen && form.format == format, text).clicked() {
                (form.format, form.is_screen) = (format, false);
            }
        }
        let screen = lang.pick("Skärmbild", "Picture of the screen");
        if ui.selectable_label(form.is_screen, screen).clicked() {
            form.is_screen = true;
        }
    });
}

/// Paper, how it lies, how fine, and the title.
fn pages(ui: &mut Ui, lang: Lang, form: &mut MapForm) {
    ui.horizontal(|ui| {
        ui.label(lang.pick("Papper", "Paper"));
        for (size, text) in [(PaperSize::A4, "A4"), (PaperSize::A3, "A3")] {
            if ui.selectable_label(form.paper == size, text).clicked() {
                form.paper = size;
            }
        }
        ui.separator();
        let lies = [
            (None, lang.pick("störst karta", "largest map")),
            (Some(false), lang.pick("stående", "standing")),
            (Some(true), lang.pick("liggande", "lying")),
        ];
        for (is_lying, text) in lies {
            if ui.selectable_label(form.is_lying == is_lying, text).clicked() {
                form.is_lying = is_lying;
            }
        }
    });
    if form.format == MapFormat::Png {
        ui.horizontal(|ui| {
            ui.label(lang.pick("Punkter per tum", "Points an inch"));
            for dpi in DPIS {
                if ui.selectable_label(form.dpi == dpi, dpi.to_string()).clicked() {
                    form.dpi = dpi;
                }
            }
        });
    }
    let label = ui.label(lang.pick("Rubrik", "Title"));
    let hint = lang.pick("görs av det som visas", "made from what is shown");
    let edit = egui::TextEdit::singleline(&mut form.title).hint_text(hint).desired_width(f32::INFINITY);
    ui.add(edit).labelled_by(label.id);
    muted(
        ui,
        lang.pick(
            "Sidan har teckenförklaring, skala, norrpil, källor och datum. Kartan ritas i SWEREF 99 TM, så skalan gäller hela sidan.",
            "The page has legend, scale, north, sources and date. The map is drawn in SWEREF 99 TM, so the scale holds for the whole page.",
        ),
    );
}
