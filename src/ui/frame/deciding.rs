//! What is decided about a finding, or about all of a kind, and how do we know? Asked before it is done; undone like any
//! step.

use egui::Ui;

use super::form_window;
use super::records::evidence_fields;
use crate::app::command::Command;
use crate::app::deciding::{Verdict, change, decide_all};
use crate::app::findings::Finding;
use crate::lang::{Lang, Said};
use crate::model::is_evidence_date;
use crate::say_many;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::state::{Deciding, DecidingOf, View};
use crate::ui::widgets::muted;

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(deciding) = &mut view.dialogs.deciding else { return };
    let Some(results) = cx.results() else { return };
    let found: Vec<&Finding> =
        results.findings.open().filter(|finding| is_meant(finding, &deciding.of)).collect();
    let mut is_done = found.is_empty();
    form_window(title(deciding.verdict, lang)).show(ui.ctx(), |ui| {
        ui.set_width(400.0);
        match (&deciding.of, found.first()) {
            (DecidingOf::One { .. }, Some(finding)) => {
                muted(ui, format!("{}: {}", finding.name(), finding.said(lang)));
            }
            (DecidingOf::All(kind), _) => {
                let (count, kind) = (lang.count(found.len()), kind.said(lang));
                muted(
                    ui,
                    say_many!(
                        lang,
                        found.len(),
                        "{kind}: {count} fynd avgörs på en gång." | "{kind}: {count} fynd avgörs på en gång.",
                        "{kind}: {count} finding is decided at once."
                            | "{kind}: {count} findings are decided at once."
                    ),
                );
            }
            _ => {}
        }
        muted(ui, meaning(deciding.verdict, lang));
        evidence_fields(ui, cx, &mut deciding.evidence);
        ui.horizontal(|ui| {
            let is_ready = is_evidence_date(&deciding.evidence.when);
            if ui.add_enabled(is_ready, egui::Button::new(title(deciding.verdict, lang))).clicked() {
                actions.extend(command(deciding, &found).map(Action::Edit));
                is_done = true;
            }
            is_done |= ui.button(lang.pick("Avbryt", "Cancel")).clicked();
        });
    });
    if is_done {
        view.dialogs.deciding = None;
    }
}

fn is_meant(finding: &Finding, of: &DecidingOf) -> bool {
    match of {
        DecidingOf::All(kind) => finding.kind == *kind,
        DecidingOf::One { kind, site, other } => {
            finding.kind == *kind
                && finding.about.as_ref().map(|place| &place.site) == Some(site)
                && finding.other.as_ref().map(|place| &place.site) == other.as_ref()
        }
    }
}

fn command(deciding: &Deciding, found: &[&Finding]) -> Option<Command> {
    let evidence = deciding.evidence.evidence();
    match &deciding.of {
        DecidingOf::One { .. } => {
            let (site, change) = change(found.first()?, deciding.verdict, &evidence)?;
            Some(Command::Amend(site, change))
        }
        DecidingOf::All(kind) => {
            let found: Vec<Finding> = found.iter().copied().cloned().collect();
            decide_all(&found, |other| other == *kind, deciding.verdict, &evidence)
        }
    }
}

/// What the decision is called.
pub const fn title(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Merge => lang.pick("Slå ihop", "Merge"),
        Verdict::Drop => lang.pick("Räkna inte med", "Leave out"),
        Verdict::Keep => lang.pick("Behåll som det är", "Keep as it is"),
    }
}

const fn meaning(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Merge => lang.pick(
            "De räknas som en plats. Den som står först i filerna blir kvar och får de uppgifter som bara den andra har.",
            "They count as one place. The one that stands first in the files stays, and gets what only the other knows.",
        ),
        Verdict::Drop => lang.pick(
            "Platsen räknas inte någonstans. Filen ändras inte, och beslutet kan tas tillbaka.",
            "The place counts nowhere. The file is not changed, and the decision can be taken back.",
        ),
        Verdict::Keep => lang.pick(
            "Filen stämmer. Fyndet visas som granskat och räknas inte längre som öppet.",
            "The file is right. The finding is shown as reviewed and is no longer open.",
        ),
    }
}
