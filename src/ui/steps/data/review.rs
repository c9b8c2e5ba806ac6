//! What of the data has to be looked at? By kind, with what can be decided of all at once.

use egui::Ui;

use crate::app::deciding::Verdict;
use crate::app::findings;
use crate::lang::Said;
use crate::model::FindingKind;
use crate::say;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Deciding, DecidingOf, EvidenceDraft, TableId, View};
use crate::ui::widgets::{figure, heading_with, icon_button, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let by_kind = findings::by_kind(&results.findings.found);
    let decided = results.findings.decided.len();
    if by_kind.is_empty() && decided == 0 {
        return;
    }
    heading_with(
        ui,
        lang.pick("Att granska", "To review"),
        lang.pick(
            "Platser som kan vara samma, som ligger där ingen plats är eller som kan vara obemannade. Du avgör; filerna ändras inte.",
            "Places that may be one, that lie where no place is or that may be unstaffed. You decide; the files are not changed.",
        ),
    );
    for (kind, (open, settled)) in by_kind {
        let of = lang.count(settled);
        let value = if settled == 0 {
            lang.count(open)
        } else {
            let open = lang.count(open);
            say!(lang, "{open} (granskade: {of})", "{open} (reviewed: {of})")
        };
        figure(ui, &kind.said(lang), &value);
        if kind == FindingKind::SameName && open > 0 {
            let open = lang.count(open);
            let text = say!(lang, "Slå ihop alla {open} …", "Merge all {open} …");
            if icon_button(ui, icons::LAYERS, &text).clicked() {
                view.dialogs.deciding = Some(Deciding {
                    verdict: Verdict::Merge,
                    of: DecidingOf::All(kind),
                    evidence: EvidenceDraft::of(cx.today),
                });
            }
        }
        if kind == FindingKind::OutsideCountry && open > 0 {
            let open = lang.count(open);
            let text = say!(lang, "Räkna inte med någon av {open} …", "Leave out all {open} …");
            if icon_button(ui, icons::DELETE, &text).clicked() {
                view.dialogs.deciding = Some(Deciding {
                    verdict: Verdict::Drop,
                    of: DecidingOf::All(kind),
                    evidence: EvidenceDraft::of(cx.today),
                });
            }
        }
    }
    let (services, places, _) = findings::counts(&results.situation);
    let (services, places) = (lang.count(services), lang.count(places));
    muted(
        ui,
        say!(
            lang,
            "Räknas nu: {services} serviceställen på {places} platser. Beslut: {decided}.",
            "Counted now: {services} services at {places} places. Decisions: {decided}."
        ),
    );
    if icon_button(ui, icons::CHECK, lang.pick("Visa i tabell", "Show in table")).clicked() {
        view.open_table(TableId::Findings);
    }
}
