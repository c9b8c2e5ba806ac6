//! What happened? Messages in the corner of the map.

use egui::{Align, Layout, Ui};

use crate::app::notice::{Level, Notice};
use crate::app::settings::Theme;
use crate::lang::Said;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::StepId;
use crate::ui::theme;
use crate::ui::widgets::{muted, sign_button};

/// Messages, newest last; each stays until read.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let count = cx.session.notices.len();
    let first = count.saturating_sub(4);
    for (at, notice) in cx.session.notices.iter().enumerate().skip(first) {
        let colour = match notice.level() {
            Level::Info => info_colour(cx.theme),
            Level::Warning => theme::warning_colour(cx.theme),
            Level::Error => theme::error_colour(cx.theme),
        };
        egui::Frame::popup(ui.style()).stroke(egui::Stroke::new(1.5, colour)).show(ui, |ui| {
            ui.set_width(400.0);
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if sign_button(ui, true, icons::CLOSE, cx.lang.pick("Stäng meddelandet", "Dismiss message"))
                    .clicked()
                {
                    actions.push(Action::DismissNotice(at));
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add(egui::Label::new(notice.said(cx.lang)).wrap().selectable(true));
                    if matches!(notice, Notice::ServicesFound(_)) {
                        found_buttons(ui, cx, at, actions);
                    }
                });
            });
        });
        ui.add_space(4.0);
    }
    if first > 0 {
        muted(ui, say!(cx.lang, "{first} tidigare meddelanden", "{first} earlier messages"));
    }
}

/// What can be done about services found in a road file.
fn found_buttons(ui: &mut Ui, cx: &Cx<'_>, at: usize, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        if ui.button(cx.lang.pick("Visa under Data", "Show under Data")).clicked() {
            actions.push(Action::Step(StepId::DATA));
            actions.push(Action::DismissNotice(at));
        }
    });
}

const fn info_colour(theme: Theme) -> egui::Color32 {
    match theme {
        Theme::Light => theme::ACCENT,
        Theme::Dark => egui::Color32::from_rgb(0x7d, 0xb8, 0xe0),
    }
}
