//! How is a road closed by hand, and what does a closure hit in the result shown? For map and panels.

use super::action::Action;
use super::context::Cx;
use crate::app::command::Command;
use crate::app::streets;
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

/// How many places a closure cuts in the result shown; `None` where that is not known yet.
#[must_use]
pub fn cut_count(cx: &Cx<'_>, closure: &RoadClosure) -> Option<usize> {
    streets::cut_count(cx.results()?, closure)
}

/// The stretches that a closure closes in the result shown.
#[must_use]
pub fn closed_stretches<'a>(cx: &Cx<'a>, closure: &RoadClosure) -> &'a [u32] {
    cx.results().map_or(&[], |results| streets::closed_stretches(results, closure))
}
