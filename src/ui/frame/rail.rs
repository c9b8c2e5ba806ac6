//! Which step of the work is open? The rail of steps on the left.

use egui::{Button, Ui};

use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::steps::STEPS;

/// The steps of the work.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &View, actions: &mut Vec<Action>) {
    ui.add_space(6.0);
    for step in &STEPS {
        let name = step.name(cx.lang);
        let is_on = view.step == step.id;
        let response = ui.add(Button::selectable(is_on, "").min_size(egui::vec2(82.0, 56.0)));
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
            egui::FontId::proportional(12.5),
            colour,
        );
        if response.clicked() {
            actions.push(Action::Step(step.id));
        }
    }
}
