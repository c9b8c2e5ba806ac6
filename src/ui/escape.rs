//! What does Escape close? The topmost thing, one at a time.

use egui::{Context, Key, Modifiers};

use super::app::App;
use super::state::{MapMode, PathField, PathUse, View};

impl App {
    /// Closes the topmost thing when Escape is pressed.
    pub(super) fn escape(&mut self, ctx: &Context) {
        // A menu closes itself.
        if !ctx.input(|input| input.key_pressed(Key::Escape)) || egui::Popup::is_any_open(ctx) {
            return;
        }
        let is_typing = ctx.text_edit_focused();
        let is_looking = self.session.importing.shown().is_some();
        if is_looking && !is_typing && self.view.dialogs.search.is_none() {
            self.session.importing.close();
            ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        } else if close_form(&mut self.view) || (!is_typing && close_on_map(&mut self.view)) {
            ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            ctx.request_repaint();
        }
    }
}

/// The form that lies topmost.
fn close_form(view: &mut View) -> bool {
    let dialogs = &mut view.dialogs;
    if dialogs.search.take().is_some() || dialogs.leaving.take().is_some() {
        return true;
    }
    let is_form = |field: &PathField| field.purpose != PathUse::Open;
    if dialogs.path_field.as_ref().is_some_and(is_form) {
        dialogs.path_field = None;
        dialogs.asks_to_replace = None;
        return true;
    }
    dialogs.fact.take().is_some()
        || dialogs.new_service.take().is_some()
        || dialogs.status.take().is_some()
        || dialogs.sizing.take().is_some()
        || dialogs.deciding.take().is_some()
        || std::mem::take(&mut dialogs.map_form.is_open)
        || std::mem::take(&mut dialogs.report_form.is_open)
        || dialogs.tour.take().is_some()
        || std::mem::take(&mut dialogs.shows_about)
        || std::mem::take(&mut dialogs.shows_history)
        || std::mem::take(&mut dialogs.shows_information)
        || std::mem::take(&mut dialogs.shows_settings)
        || std::mem::take(&mut dialogs.shows_start)
}

/// What lies on the map: a mode, a list of members, what is chosen, the table.
fn close_on_map(view: &mut View) -> bool {
    if view.mode != MapMode::Browse {
        view.closures.ring.clear();
        view.map.measured.clear();
        view.mode = MapMode::Browse;
        return true;
    }
    if view.map.members.take().is_some()
        || view.map.lit.take().is_some()
        || view.map.pin.take().is_some()
        || view.selection.take().is_some()
    {
        return true;
    }
    let is_open = view.sheet.is_open(view.step);
    view.sheet.set_open(view.step, false);
    is_open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{SiteId, TrialId};
    use crate::ui::state::Selection;

    #[test]
    fn each_press_closes_one_thing_the_topmost_first() {
        let mut view = View::default();
        view.dialogs.search = Some(String::new());
        view.dialogs.shows_settings = true;
        view.mode = MapMode::PlaceTrial;
        view.selection = Some(Selection::Site(SiteId::Trial(TrialId(1))));
        view.sheet.set_open(view.step, true);
        let mut press = || close_form(&mut view) || close_on_map(&mut view);
        assert!(press() && press() && press() && press() && press());
        assert!(!press(), "nothing is left to close");
        assert!(view.selection.is_none() && !view.sheet.is_open(view.step));
    }
}
