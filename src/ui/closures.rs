//! How is a road closed by hand, and what does a closure hit in the result shown? For map and panels.

use super::action::Action;
use super::context::Cx;
use crate::app::command::Command;
use crate::app::travel::{Prepared, Travel};
use crate::model::{ClosureEffect, ClosureShape, MadeOn, RoadClosure};
use crate::say;

/// A new closure, and the actions that add it and show it.
#[must_use]
pub fn add(cx: &Cx<'_>, shape: ClosureShape) -> Vec<Action> {
    let id = cx.session.project().next_closure_id();
    add_named(cx, say!(cx.lang, "Vägavstängning {id}", "Road closure {id}"), shape)
}

/// The same with a name of its own.
#[must_use]
pub fn add_named(cx: &Cx<'_>, name: String, shape: ClosureShape) -> Vec<Action> {
    let id = cx.session.project().next_closure_id();
    let closure = RoadClosure {
        id,
        name,
        reason: String::new(),
        shape,
        effect: ClosureEffect::Closed,
        is_active: true,
        made_on: MadeOn::Unsaid,
    };
    vec![Action::Edit(Command::AddClosure(closure)), Action::ShowClosure(id)]
}

/// What the result shown knows of a closure: its roads, and its position among the closures. `None` where that is not
/// known yet.
fn known<'a>(cx: &Cx<'a>, closure: &RoadClosure) -> Option<(&'a Prepared, usize)> {
    let results = cx.results()?;
    let Travel::Road(prepared) = &results.travel else { return None };
    let at = results.project.closures.iter().position(|known| {
        known.id == closure.id && known.is_active == closure.is_active && known.shape == closure.shape
    })?;
    Some((prepared, at))
}

/// How many places a closure cuts in the result shown; `None` where that is not known yet.
#[must_use]
pub fn cut_count(cx: &Cx<'_>, closure: &RoadClosure) -> Option<usize> {
    let (prepared, at) = known(cx, closure)?;
    prepared.cut_counts.get(at).copied()
}

/// The stretches that a closure closes in the result shown.
#[must_use]
pub fn closed_stretches<'a>(cx: &Cx<'a>, closure: &RoadClosure) -> &'a [u32] {
    known(cx, closure).and_then(|(prepared, at)| prepared.closed_stretches.get(at)).map_or(&[], Vec::as_slice)
}
