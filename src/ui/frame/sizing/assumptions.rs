//! What is assumed about the set of a place? Each assumption can be changed, beside its standard and what it rests on.

use egui::{Align, Layout, Ui, vec2};

use super::{Edited, Place};
use crate::lang::{Lang, Said as _};
use crate::model::PowerAssumptions;
use crate::model::outage::LoadList;
use crate::power::PowerAssumption;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::widgets::{NumberRow, heading, muted, text_button};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, place: &Place<'_>) -> Option<Edited> {
    let lang = cx.lang;
    let assumed = place.list.assumed;
    let mut edited = None;
    heading(ui, lang.pick("Antaganden", "Assumptions"));
    let width = (ui.available_width() - ui.spacing().item_spacing.x) / 2.0;
    for pair in PowerAssumption::ALL.chunks(2) {
        ui.horizontal_top(|ui| {
            for one in pair {
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width - 8.0);
                    if let Some((id, value)) = row(ui, lang, *one, &assumed) {
                        let list = LoadList { assumed: one.set(assumed, value), ..place.list.clone() };
                        edited = Some(Edited { by: Some(id), list });
                    }
                });
            }
        });
    }
    // What is known of the tank and the price is no assumption to take back.
    let PowerAssumptions { tank_litres, litre_price, .. } = assumed;
    let standard = PowerAssumptions { tank_litres, litre_price, ..PowerAssumptions::default() };
    if assumed != standard
        && text_button(ui, lang.pick("Ta tillbaka standardvärden", "Back to the standard values")).clicked()
    {
        let list = LoadList { assumed: standard, ..place.list.clone() };
        edited = Some(Edited::at_once(list));
    }
    edited
}

/// The field of an assumption, and below it standard and basis.
fn row(ui: &mut Ui, lang: Lang, one: PowerAssumption, assumed: &PowerAssumptions) -> Option<(egui::Id, f64)> {
    let (name, basis) = (one.said(lang), one.basis(lang));
    let speed = if one.decimals() == 2 && !one.is_optional() { 0.01 } else { 1.0 };
    let (unit, decimals, range) = (one.unit(lang), one.decimals(), one.range());
    let row = NumberRow { name: &name, hint: basis, unit, decimals, range, speed };
    let changed = row.show(ui, lang, one.value(assumed).unwrap_or(0.0));
    let standard = match one.value(&PowerAssumptions::default()) {
        Some(value) => {
            let value = lang.number(value, if value.fract() == 0.0 { 0 } else { 2 });
            let value = format!("{value} {unit}");
            let value = value.trim_end();
            say!(lang, "Standard {value}: {basis}.", "Standard {value}: {basis}.")
        }
        None => say!(lang, "0 är inte känt: {basis}.", "0 is not known: {basis}."),
    };
    muted(ui, standard);
    changed
}
