//! What do the parts of planning have in common? Another question is one edit; before an answer there is a hint.

use crate::app::command::Command;
use crate::app::siting::Question;
use crate::app::siting::scenario::PlanChange;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::muted;
use egui::Ui;

/// What stands in a table before there is an answer.
pub fn not_asked(ui: &mut Ui, cx: &Cx<'_>) {
    muted(
        ui,
        cx.lang.pick(
            "Ställ en fråga till vänster och välj ”Hitta bästa planen”.",
            "Ask a question on the left and choose “Find the best plan”.",
        ),
    );
}

/// Another question, as one step.
pub fn ask(question: Question) -> Action {
    Action::Edit(Command::Plan(PlanChange::Ask(Box::new(question))))
}

/// Another question by a widget that is dragged or typed in.
pub fn ask_by(id: egui::Id, question: Question) -> Action {
    Action::EditBy(id, Command::Plan(PlanChange::Ask(Box::new(question))))
}

#[expect(clippy::cast_precision_loss, reason = "a number of places")]
pub fn to_f64(count: usize) -> f64 {
    count as f64
}
