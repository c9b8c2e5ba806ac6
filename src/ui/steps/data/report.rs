//! What became of every feature of a layer? What was refused, and what is remarked on.

use egui::{RichText, Ui};

use crate::geometry::LonLat;
use crate::lang::Said;
use crate::model::LayerReport;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::Goal;
use crate::ui::widgets::{heading, muted};

/// Remarks listed one by one under each heading.
const LISTED: usize = 40;

/// The report; a line leads to its feature.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, report: &LayerReport, actions: &mut Vec<Action>) {
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
fn link(ui: &mut Ui, text: &str, place: Option<LonLat>, actions: &mut Vec<Action>) {
    let text = RichText::new(text).small();
    match place {
        Some(place) => {
            if ui.add(egui::Button::new(text).frame(false).wrap()).clicked() {
                actions.push(Action::Go(Goal::at(place, Some(12.0))));
            }
        }
        None => {
            ui.add(egui::Label::new(text).wrap());
        }
    }
}
