//! Which reserve power does the chosen place need? What its list of machines comes to, and the form to size it.

use egui::Ui;

use crate::app::sizing::{lines, listed_at, sized};
use crate::model::SiteId;
use crate::siting::Candidate;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{DialogsState, SizingForm};
use crate::ui::widgets::{figure, icon_button};

/// Of a candidate, whose list stands where its facts do.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, forms: &mut DialogsState, candidate: &Candidate) {
    let Some(results) = cx.results() else { return };
    at(ui, cx, forms, &listed_at(candidate, &results.situation));
}

/// Of the place where the list stands.
pub fn at(ui: &mut Ui, cx: &Cx<'_>, forms: &mut DialogsState, site: &SiteId) {
    let lang = cx.lang;
    let list = cx.session.project().outages.loads.get(site);
    if let Some((list, sizing)) = list.and_then(|list| Some((list, sized(list).ok()?)))
        && let Some(set) = lines(&sizing, &list.assumed, lang).into_iter().next()
    {
        let name = lang.pick("Reservkraft enligt maskinlistan", "Reserve power by the list of machines");
        figure(ui, name, &set.value);
    }
    let text = lang.pick("Dimensionera reservkraft…", "Size the reserve power…");
    if icon_button(ui, icons::POWER, text).clicked() {
        forms.sizing = Some(SizingForm::of(site.clone()));
    }
}
