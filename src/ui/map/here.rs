//! What lies at a place of the map, and what can be put there?

use crate::app::command::Command;
use crate::geometry::LonLat;
use crate::model::{DemandOrigin, ServiceKind, SiteId, TrialPoint};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{EvidenceDraft, NewService, Selection};

/// The form for a service that a hand adds, or moves, here.
pub fn new_service(cx: &Cx<'_>, kind: ServiceKind, place: LonLat, moving: Option<SiteId>) -> NewService {
    NewService { kind, place, name: String::new(), evidence: EvidenceDraft::of(cx.today), moving }
}

/// A new trial point, chosen at once.
pub fn place_trial(cx: &Cx<'_>, place: LonLat) -> Vec<Action> {
    let id = cx.session.project().next_trial_id();
    let number = id.0;
    let name = say!(cx.lang, "Testplats {number}", "Test site {number}");
    vec![
        Action::Edit(Command::AddTrial(TrialPoint { id, name, place })),
        Action::Select(Some(Selection::Site(SiteId::Trial(id)))),
    ]
}

/// The cell at a place, else the area.
pub fn thing_at(cx: &Cx<'_>, place: LonLat) -> Option<Selection> {
    let scene = cx.scene?;
    if let Some(cell) = scene.cell_at(place) {
        let origin: DemandOrigin = *scene.results.situation.demand.origins.get(cell)?;
        return Some(Selection::Cell(origin));
    }
    scene.area_at(place).map(|area| Selection::Area(area.layer, area.feature_ix))
}
