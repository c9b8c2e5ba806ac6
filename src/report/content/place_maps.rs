//! Which maps has a report on places or plans?

use super::common::{listed, serving};
use super::figures;
use crate::app::comparing::{self, Comparison};
use crate::app::siting::scenario::nearest_of;
use crate::model::{Side, SiteId};
use crate::report::asked::{Grounds, NoReport, ReportAsked};
use crate::report::document::Document;
use crate::say;
use crate::scene::classes::{CellClasses, Colouring};
use crate::scene::legend::Line;
use crate::scene::signs::Sign;
use crate::scene::svg::Mark;
use crate::scene::{colours, mercator};
use crate::units::Cost;

/// The places near by, and where they lie in the whole; of a plan, who gets a way to it.
pub fn write(
    document: &mut Document,
    from: Grounds<'_>,
    asked: &ReportAsked,
    comparison: &Comparison,
) -> Result<(), NoReport> {
    let (scene, lang) = (from.scene, asked.lang);
    let results = &scene.results;
    let are_plans = comparison.places.iter().all(comparing::Place::is_plan);
    if are_plans {
        if scene.bounds.is_some() {
            document.section("Karta", "Map");
        }
        return comparison.places.iter().try_for_each(|plan| plan_map(document, from, asked, plan));
    }
    let kind = figures::kind_of(results);
    let cells = CellClasses::new(scene, kind, Colouring::Distance);
    let singles = comparison.places.iter().filter(|place| !place.is_plan());
    let marks: Vec<Mark> = singles
        .clone()
        .filter_map(|place| {
            Some(figures::mark(*place.places.first()?, &place.label, place.sites.first().cloned()))
        })
        .collect();
    let at: Vec<_> = singles.filter_map(|place| place.places.first().copied()).collect();
    let names: Vec<String> = marks.iter().map(|mark| mark.name.clone()).collect();
    let (names, unit) = (listed(&names, lang), kind.unit(lang));
    let views = [figures::around_all(&at, results), scene.bounds];
    let said = [
        say!(
            lang,
            "{names} med omgivningar, och vägen till närmaste {unit} i dag",
            "{names} and surroundings, and the way to the nearest {unit} today"
        ),
        say!(lang, "{names} i hela området", "{names} in the whole area"),
    ];
    if views.iter().any(Option::is_some) {
        document.section("Karta", "Map");
    }
    for (bounds, caption) in views.into_iter().zip(said) {
        let Some(bounds) = bounds else { continue };
        let shown = figures::Shown {
            scene,
            cells: &cells,
            kind,
            bounds,
            marks: &marks,
            no_value: None,
            area: None,
            shows_gaps: false,
            gaps: None,
            shows_services: true,
            shows_sots: true,
            legend_title: None,
            legend_lines: vec![figures::mark_line(lang, marks.len())],
        };
        let alt = say!(
            lang,
            "Karta: {caption}. Rutorna är färgade efter avståndet; samma tal står i tabellerna.",
            "Map: {caption}. The cells are coloured by distance; the tables have the same figures."
        );
        document.figure(figures::figure(asked, shown, caption, alt));
    }
    Ok(())
}

/// The places of a plan, and the way to the nearest of them.
fn plan_map(
    document: &mut Document,
    from: Grounds<'_>,
    asked: &ReportAsked,
    plan: &comparing::Place,
) -> Result<(), NoReport> {
    let (scene, lang) = (from.scene, asked.lang);
    let results = &scene.results;
    let nearest = nearest_of(&plan.sites, results, from.progress)?;
    let costs: Vec<Option<Cost>> = nearest.into_iter().map(|one| one.map(|(_, cost)| cost)).collect();
    let cells = CellClasses::of_costs(scene, &costs);
    let sot = crate::model::ServiceKind::Sot;
    let mark = |(site, place): (&SiteId, &crate::geometry::LonLat)| {
        let name = comparing::name_of(&Side::Place(site.clone()), results, from.project);
        let (sign, colour) = if serving(results, site).is_some() {
            (Sign::Kind(sot), colours::kind_colour(sot))
        } else {
            (Sign::PlanNew, colours::PLAN_NEW)
        };
        Mark { at: mercator(*place), sign, colour, is_hollow: false, name, site: Some(site.clone()) }
    };
    let marks: Vec<Mark> = plan.sites.iter().zip(&plan.places).map(mark).collect();
    let Some(bounds) = scene.bounds else { return Ok(()) };
    let line = |sign: Sign, colour, sv: &str, en: &str| {
        let count = marks.iter().filter(|mark| mark.sign == sign).count();
        let line = Line::swatch(colour, lang.pick(sv, en), lang.count(count));
        (count > 0).then_some(Line { sign: Some(sign), ..line })
    };
    let lines = [
        line(Sign::Kind(sot), colours::kind_colour(sot), "SOT-punkt som finns", "SOT point that exists"),
        line(Sign::PlanNew, colours::PLAN_NEW, "ny i planen", "new in the plan"),
    ];
    let shown = figures::Shown {
        scene,
        cells: &cells,
        kind: sot,
        bounds,
        marks: &marks,
        no_value: None,
        area: None,
        shows_gaps: false,
        gaps: None,
        shows_services: false,
        shows_sots: false,
        legend_title: Some(lang.pick("Planen: till närmaste plats", "The plan: to the nearest place").into()),
        legend_lines: lines.into_iter().flatten().collect(),
    };
    let name = &plan.label;
    let caption = say!(
        lang,
        "Planen {name}: vägen till närmaste plats",
        "The plan {name}: the way to the nearest place"
    );
    let names = listed(&marks.iter().map(|mark| mark.name.clone()).collect::<Vec<_>>(), lang);
    let alt =
        say!(lang, "Karta: {caption}. Platserna är {names}.", "Map: {caption}. The places are {names}.");
    document.figure(figures::figure(asked, shown, caption, alt));
    Ok(())
}
