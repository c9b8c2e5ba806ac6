//! What has to be looked at of the chosen place, and what was decided of it?

use egui::Ui;

use crate::app::command::{Change, Command};
use crate::app::deciding::Verdict;
use crate::app::findings::{Decided, Decision, Finding};
use crate::lang::Said;
use crate::model::{FindingKind, SiteId};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Deciding, DecidingOf, DialogsState, Draft, EvidenceDraft};
use crate::ui::widgets::{heading, icon_button, muted, strong};

/// The findings that a site is part of.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, dialogs: &mut DialogsState, site: &SiteId, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let mut found = results.findings.about(site).peekable();
    if found.peek().is_none() {
        return;
    }
    heading(ui, lang.pick("Att granska", "To review"));
    for finding in found {
        one(ui, cx, dialogs, site, finding, actions);
    }
}

fn one(
    ui: &mut Ui,
    cx: &Cx<'_>,
    dialogs: &mut DialogsState,
    site: &SiteId,
    finding: &Finding,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let Some(about) = &finding.about else { return };
    strong(ui, finding.kind.said(lang));
    let told = finding.said(lang);
    // Of two places the later one bears the finding.
    muted(ui, if about.site == *site { told } else { format!("{}: {told}", about.name) });
    let other = finding.other.as_ref().map(|place| place.site.clone());
    if let Some(evidence) = &finding.settled {
        let evidence = evidence.said(lang);
        muted(ui, say!(lang, "Behållen: {evidence}", "Kept: {evidence}"));
        if icon_button(ui, icons::UNDO, lang.pick("Granska igen", "Review again")).clicked() {
            let change = Change::Unsettle(finding.kind, other);
            actions.push(Action::Edit(Command::Amend(about.site.clone(), change)));
        }
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let mut ask = |verdict| {
            dialogs.deciding = Some(Deciding {
                verdict,
                of: DecidingOf::One { kind: finding.kind, site: about.site.clone(), other: other.clone() },
                evidence: EvidenceDraft::of(cx.today),
            });
        };
        if Verdict::Merge.fits(finding)
            && icon_button(ui, icons::LAYERS, lang.pick("Slå ihop …", "Merge …")).clicked()
        {
            ask(Verdict::Merge);
        }
        if icon_button(ui, icons::DELETE, lang.pick("Räkna inte med …", "Leave out …")).clicked() {
            ask(Verdict::Drop);
        }
        if icon_button(ui, icons::CHECK, lang.pick("Behåll …", "Keep …")).clicked() {
            ask(Verdict::Keep);
        }
        if finding.kind == FindingKind::Unstaffed
            && icon_button(ui, icons::EDIT, lang.pick("Ange bemanning …", "Say how it is staffed …"))
                .clicked()
        {
            dialogs.fact = Some(Draft {
                site: about.site.clone(),
                attribute: "staffing",
                value: String::new(),
                evidence: EvidenceDraft::of(cx.today),
                note: String::new(),
            });
        }
    });
}

/// A place that the user left out of every figure.
pub fn left_out(ui: &mut Ui, cx: &Cx<'_>, decided: &Decided, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let text = match &decided.decision {
        Decision::Merged(_) => lang.pick(
            "Sammanslagen med en annan plats: räknas inte för sig.",
            "Merged with another place: does not count by itself.",
        ),
        _ => lang.pick("Räknas inte med i någon siffra.", "Counts in no figure."),
    };
    strong(ui, text);
    muted(ui, decided.evidence.said(lang));
    let layer = &decided.about.layer_name;
    let number = decided.about.number.unwrap_or(0);
    muted(ui, say!(lang, "Objekt {number} i {layer}", "Feature {number} of {layer}"));
    if icon_button(ui, icons::UNDO, lang.pick("Räkna med igen", "Count again")).clicked() {
        actions.push(Action::Edit(Command::Amend(decided.about.site.clone(), Change::CountAgain)));
    }
}
