//! How do the scenarios of the project stand beside each other, in the need that is looked at?

use egui::Ui;

use super::curve::exports;
use crate::app::Results;
use crate::app::exports::Export;
use crate::app::outage::{ScenarioSide, band, people};
use crate::lang::{Lang, Said};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::shown;
use crate::ui::state::View;
use crate::ui::table::{ROW, clickable, names, right};
use crate::ui::widgets::{muted, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let book = &cx.session.project().outages;
    let sides = cx.session.results.as_ref().and_then(|results| cx.crisis.compared(results, book));
    let Some(sides) = sides else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let need = view.crisis.need;
    ui.horizontal_wrapped(|ui| {
        exports(ui, cx, &[Export::CrisisScenarios], actions);
        let what = need.said(lang).to_lowercase();
        muted(
            ui,
            say!(
                lang,
                "Projektets scenarier, {what}: säkert–i bästa fall. Persontimmar och hur många som går förlorade mot till vardags, till dess att allt är återställt, högst en vecka. Ett klick visar scenariot.",
                "The project’s scenarios, {what}: for sure–at best. People-hours, and how many are lost against every day, until everything is restored, a week at most. A click shows the scenario."
            ),
        );
    });
    let chosen = shown(cx, view).map(|scenario| scenario.id);
    let heads = [
        lang.pick("Scenario", "Scenario"),
        lang.pick("Återställt", "Restored"),
        lang.pick("Till vardags", "Every day"),
        lang.pick("Färst försörjda", "Fewest supplied"),
        lang.pick("Vid timme", "At hour"),
        lang.pick("Persontimmar", "People-hours"),
        lang.pick("Förlorade", "Lost"),
    ];
    clickable(ui, [148.0, 70.0, 78.0, 120.0, 62.0, 152.0, 172.0])
        .header(ROW, |mut header| names(&mut header, heads))
        .body(|body| {
            body.rows(ROW, sides.len(), |mut row| {
                let side = &sides[row.index()];
                row.set_selected(chosen == Some(side.id));
                let mut is_entered = false;
                row.col(|ui| {
                    let label = say!(lang, "Visa scenariot {}", "Show the scenario {}", side.name);
                    is_entered = row_name(ui, &side.name, &label).clicked();
                });
                for text in cells(side, view, lang) {
                    row.col(|ui| right(ui, text));
                }
                if row.response().clicked() || is_entered {
                    view.crisis.chosen = Some(side.id);
                }
            });
        });
}

fn cells(side: &ScenarioSide, view: &View, lang: Lang) -> [String; 6] {
    let ends = format!("{} h", lang.number(side.ends_h, 0));
    let nothing = || "–".to_owned();
    match side.need(view.crisis.need) {
        None => [ends, nothing(), nothing(), nothing(), nothing(), nothing()],
        Some(need) => {
            let [worst, best] = need.lost(side.hours);
            [
                ends,
                people(need.everyday, lang),
                band(need.least[0], need.least[1], lang),
                lang.count(need.hardest),
                band(need.supplied[0], need.supplied[1], lang),
                band(best, worst, lang),
            ]
        }
    }
}
