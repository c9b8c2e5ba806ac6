//! How has each municipality it in the hour that is looked at?

use egui::Ui;

use super::curve::exports;
use crate::app::Results;
use crate::app::exports::Export;
use crate::app::outage::{band, people};
use crate::lang::Lang;
use crate::outage::Counts;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::View;
use crate::ui::table::{ROW, clickable, names, right};
use crate::ui::widgets::{muted, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let shown = cx.crisis.shown.as_ref();
    let Some((shown, need)) = shown.and_then(|shown| Some((shown, shown.crisis.need(view.crisis.need)?)))
    else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let Some([worst, best]) = need.hours.areas.get(view.crisis.hour) else { return };
    exports(ui, cx, &[Export::CrisisMunicipalities], actions);
    let situation = &shown.crisis.results().situation;
    let mut rows: Vec<(usize, &Counts, &Counts)> = worst
        .iter()
        .zip(best)
        .enumerate()
        .map(|(at, (a, b))| (at, a, b))
        .filter(|(_, a, _)| a.total > 0.0)
        .collect();
    // Where most are without stands first.
    rows.sort_by(|a, b| (b.1.total - b.1.supplied).total_cmp(&(a.1.total - a.1.supplied)));
    let name = |at: usize| {
        situation
            .areas
            .get(at)
            .map_or_else(|| lang.pick("ingen kommun", "no municipality").to_owned(), |area| area.name.clone())
    };
    let heads = [
        lang.pick("Kommun", "Municipality"),
        lang.pick("Invånare", "People"),
        lang.pick("Till vardags", "Every day"),
        lang.pick("Har det nu", "Have it now"),
        lang.pick("Andel, säkert", "Share, for sure"),
        lang.pick("Bortom gränsen", "Beyond"),
        lang.pick("Når ingen", "Reach none"),
    ];
    clickable(ui, [140.0, 80.0, 90.0, 130.0, 100.0, 120.0, 120.0])
        .header(ROW, |mut header| names(&mut header, heads))
        .body(|body| {
            body.rows(ROW, rows.len(), |mut row| {
                let (at, worst, best) = rows[row.index()];
                let area = name(at);
                let is_chosen = view.area.as_deref() == Some(area.as_str());
                row.set_selected(is_chosen);
                let mut is_entered = false;
                row.col(|ui| {
                    let label = say!(lang, "Visa bara {area}", "Show only {area}");
                    is_entered = row_name(ui, &area, &label).clicked();
                });
                let usual = need.hours.areas_everyday.get(at).copied().unwrap_or_default();
                for text in counted(worst, best, &usual, lang) {
                    row.col(|ui| right(ui, text));
                }
                if (row.response().clicked() || is_entered) && at < situation.areas.len() {
                    actions.push(Action::Area((!is_chosen).then(|| area.clone())));
                }
            });
        });
}

fn counted(worst: &Counts, best: &Counts, usual: &Counts, lang: Lang) -> [String; 6] {
    let share = if worst.total > 0.0 { worst.supplied / worst.total } else { 0.0 };
    let both = |a: f64, b: f64| band(a.min(b), a.max(b), lang);
    [
        people(worst.total, lang),
        people(usual.supplied, lang),
        band(worst.supplied, best.supplied, lang),
        lang.percent(share),
        both(best.beyond, worst.beyond),
        both(best.without, worst.without),
    ]
}
