//! What stands behind a sign that is several? Its list, from which one is chosen.

use egui::{Area, Frame, Id, Order, Ui, pos2};

use super::camera::Camera;
use super::symbol::Symbol;
use super::symbols::member;
use crate::say_many;
use crate::scene::{Mercator, box_around, mercator};
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Goal, Members, View};
use crate::ui::theme::Bold as _;
use crate::ui::widgets::{icon_button, text_button};

/// Everything behind a sign, by name.
pub fn of(symbol: &Symbol, camera: &Camera) -> Members {
    let mut all = vec![member(symbol, camera)];
    all.extend(symbol.others.iter().cloned());
    all.sort_by(|a, b| a.title.cmp(&b.title));
    Members { at: camera.place(symbol.at), all }
}

/// The list beside the sign, while it is open.
pub fn show(ui: &Ui, cx: &Cx<'_>, view: &mut View, camera: &Camera, actions: &mut Vec<Action>) {
    let Some(members) = view.map.members.clone() else { return };
    let lang = cx.lang;
    let at = camera.screen(mercator(members.at));
    let corner = pos2(at.x + 14.0, at.y.min(camera.rect.bottom() - 260.0).max(camera.rect.top()));
    let mut is_done = !camera.rect.contains(at);
    Area::new(Id::unique("members")).fixed_pos(corner).order(Order::Foreground).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_width(240.0);
            let count = members.all.len();
            let n = lang.count(count);
            let text =
                say_many!(lang, count, "{n} sak" | "{n} på samma ställe", "{n} thing" | "{n} at one place");
            ui.label(egui::RichText::new(text).bold());
            egui::ScrollArea::vertical().max_height(190.0).show(ui, |ui| {
                for member in &members.all {
                    if icon_button(ui, member.icon, &member.title).clicked() {
                        let goal = Goal::at(member.place, None);
                        actions.push(Action::SelectAndGo(member.selection.clone(), goal));
                        is_done = true;
                    }
                }
            });
            ui.horizontal(|ui| {
                if text_button(ui, lang.pick("Zooma hit", "Zoom in here")).clicked() {
                    let bounds = bounds(&members);
                    actions
                        .push(Action::Go(Goal { bounds, ..Goal::at(members.at, Some(camera.zoom + 2.0)) }));
                    is_done = true;
                }
                is_done |= text_button(ui, lang.pick("Stäng", "Close")).clicked();
            });
        });
    });
    if is_done {
        view.map.members = None;
    }
}

/// The box around all of them; `None` where they stand on one spot.
fn bounds(members: &Members) -> Option<(Mercator, Mercator)> {
    let (min, max) = box_around(members.all.iter().map(|member| mercator(member.place)))?;
    let side = (max[0] - min[0]).max(max[1] - min[1]);
    (side > 1e-7).then(|| {
        let by = side * 0.2;
        ([min[0] - by, min[1] - by], [max[0] + by, max[1] + by])
    })
}
