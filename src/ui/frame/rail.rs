//! Which step of the work is open? The rail of steps on the left.

use egui::{Button, Ui};

use crate::ui::action::{Action, Simple};
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::View;
use crate::ui::steps::STEPS;
use crate::ui::widgets::sign_button;

/// The steps of the work.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    ui.add_space(6.0);
    for step in STEPS {
        let name = step.name(cx.lang);
        let is_on = view.step == step.id;
        let response = ui.add(Button::selectable(is_on, "").min_size(egui::vec2(80.0, 56.0)));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, name));
        let colour = if is_on { ui.visuals().selection.stroke.color } else { ui.visuals().text_color() };
        let middle = response.rect.center();
        let centre = egui::Align2::CENTER_CENTER;
        ui.painter().text(
            middle - egui::vec2(0.0, 10.0),
            centre,
            step.icon,
            egui::FontId::proportional(22.0),
            colour,
        );
        ui.painter().text(
            middle + egui::vec2(0.0, 14.0),
            centre,
            name,
            egui::FontId::proportional(12.0),
            colour,
        );
        if response.clicked() {
            actions.push(Action::Step(step.id));
        }
    }
    ui.with_layout(egui::Layout::bottom_up(egui::Align::Center), |ui| {
        ui.add_space(8.0);
        let (icon, text) = if view.is_folded {
            (icons::UNFOLD, cx.lang.pick("Visa panelen (Ctrl+B)", "Show the panel (Ctrl+B)"))
        } else {
            (icons::FOLD, cx.lang.pick("Fäll ihop panelen (Ctrl+B)", "Fold the panel (Ctrl+B)"))
        };
        if sign_button(ui, true, icon, text).clicked() {
            actions.push(Action::Do(Simple::TogglePanel));
        }
    });
}
