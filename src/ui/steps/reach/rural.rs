//! What makes a locality, and where does countryside begin?

use egui::Ui;

use crate::app::command::Command;
use crate::model::RuralTerms;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::NumberRow;

/// The terms of the groups of countryside.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    type Part = (
        &'static str,
        &'static str,
        &'static str,
        f64,
        std::ops::RangeInclusive<f64>,
        fn(&mut RuralTerms, f64),
    );
    let lang = cx.lang;
    let parameters = &cx.session.project().parameters;
    let terms = &parameters.rural;
    let people = lang.pick("personer", "people");
    let parts: [Part; 4] = [
        (
            lang.pick("Tätort: fler invånare än", "Locality: more people than"),
            lang.pick("Tillväxtanalys: orter med fler än 3 000 invånare", "Tillväxtanalys: localities of more than 3 000 people"),
            people,
            terms.locality_people,
            100.0..=200_000.0,
            |terms, value| terms.locality_people = value,
        ),
        (
            lang.pick("Tätort av rutor: minst per ruta", "Locality of cells: each at least"),
            lang.pick("Antagande: sammanhängande rutor med minst så många invånare är en tätort, om inget ortslager finns", "Assumption: touching cells of at least so many people are a locality, without a layer of places"),
            people,
            terms.cell_people,
            1.0..=10_000.0,
            |terms, value| terms.cell_people = value,
        ),
        (
            lang.pick("Tätortsnära: från", "Near a locality: from"),
            lang.pick("Tillväxtanalys: 5 minuter med bil", "Tillväxtanalys: 5 minutes by car"),
            "min",
            terms.near_min,
            0.0..=120.0,
            |terms, value| terms.near_min = value,
        ),
        (
            lang.pick("Glesbygd: längre än", "Remote: farther than"),
            lang.pick("Tillväxtanalys: 45 minuter med bil", "Tillväxtanalys: 45 minutes by car"),
            "min",
            terms.remote_min,
            1.0..=300.0,
            |terms, value| terms.remote_min = value,
        ),
    ];
    for (name, hint, unit, value, range, change) in parts {
        let row = NumberRow { name, hint, unit, decimals: 0, range, speed: 1.0 };
        if let Some((id, value)) = row.show(ui, lang, value) {
            let mut parameters = parameters.clone();
            change(&mut parameters.rural, value);
            actions.push(Action::EditBy(id, Command::SetParameters(Box::new(parameters))));
        }
    }
}
