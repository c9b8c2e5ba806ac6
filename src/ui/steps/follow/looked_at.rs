//! Which places does the step show, as they stand today?

use crate::app::following::{Board, Card, day_of};
use crate::ui::context::Cx;
use crate::ui::state::View;

/// The places as they stand today.
pub fn board_of(cx: &Cx<'_>) -> Board {
    let today = day_of(cx.today);
    cx.results().map(|results| Board::new(results, cx.session.project(), today)).unwrap_or_default()
}

/// Is the card looked at: in the municipality that is chosen, with what is looked for?
pub fn is_wanted(view: &View, card: &Card) -> bool {
    let is_mine = view.area.is_none() || view.area == card.municipality;
    is_mine && view.follow.only.is_none_or(|kind| card.has(kind))
}
