//! Where are the gaps of the hour that is looked at? Connected cells that no place that works is near enough to.

use egui::Ui;

use crate::app::Results;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Goal, View};
use crate::ui::table::{ROW, clickable, names, right};
use crate::ui::widgets::{muted, row_name};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some((at, gaps)) = cx.crisis.gaps() else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let hour = at.hour;
    muted(
        ui,
        say!(
            lang,
            "Timme {hour}: sammanhängande rutor utan något som fungerar inom gränsen.",
            "Hour {hour}: connected cells without anything that works within the threshold."
        ),
    );
    let Some(results) = cx.crisis.shown.as_ref().map(|shown| shown.crisis.results()) else { return };
    let situation = &results.situation;
    let rows: Vec<_> = gaps.iter().filter(|(gap, _)| cx.is_in_area(view, gap.area)).collect();
    clickable(ui, [60.0, 180.0, 110.0, 90.0, 130.0, 130.0])
        .header(ROW, |mut header| {
            names(
                &mut header,
                [
                    lang.pick("Nr", "No"),
                    lang.pick("Kommun", "Municipality"),
                    lang.pick("Personer", "People"),
                    lang.pick("Rutor", "Cells"),
                    lang.pick("Medel till närmaste", "Mean to nearest"),
                    lang.pick("Längst bort", "Farthest"),
                ],
            );
        })
        .body(|body| {
            body.rows(ROW, rows.len(), |mut row| {
                let number = row.index() + 1;
                let (gap, _) = rows[row.index()];
                let cost = |cost: Option<crate::units::Cost>| {
                    cost.map_or_else(|| "–".to_owned(), |cost| lang.cost(cost, results.measure()))
                };
                let mut is_entered = false;
                row.col(|ui| {
                    let label = say!(lang, "Visa lucka {number}", "Show gap {number}");
                    is_entered = row_name(ui, &number.to_string(), &label).clicked();
                });
                let area = situation.area_name(gap.area).unwrap_or("–").to_owned();
                row.col(|ui| {
                    ui.add(egui::Label::new(area).truncate());
                });
                for text in
                    [lang.people(gap.people), lang.count(gap.cells.len()), cost(gap.mean), cost(gap.max)]
                {
                    row.col(|ui| right(ui, text));
                }
                if row.response().clicked() || is_entered {
                    let place = cx.scene.and_then(|scene| scene.reprojection.lon_lat_from_plane(gap.centre));
                    actions.extend(place.map(|place| Action::Go(Goal::at(place, Some(9.5)))));
                }
            });
        });
}
