//! What is written down of the way of a place to a SOT point, and the pen to write more? In the order an officer asks:
//! what is its status, what comes next, who owns it, may we, how far are the steps, with whom, for how much, to what use.

mod fields;
mod lists;
mod pen;
mod steps;

use egui::Ui;

use self::pen::Pen;
use crate::app::command::Command;
use crate::app::following::{Board, Card, FollowChange, day_of};
use crate::lang::Said;
use crate::model::process::{Answer, Follow, Question, QuestionNote};
use crate::model::{Evidence, EvidenceKind, SiteId, SotPlace};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{DialogsState, EvidenceDraft, StatusDraft, StepId};
use crate::ui::widgets::{figure, heading, icon_button, muted, strong, text_button, warning};

/// The place that is followed where this one is chosen: the SOT place that it hosts, else itself.
#[must_use]
pub fn followed(cx: &Cx<'_>, site: &SiteId) -> SiteId {
    let situation = cx.results().map(|results| &results.situation);
    let hosted = cx.candidate(site).and_then(|candidate| situation?.sot_places.get(candidate.sot?));
    hosted.map_or_else(|| site.clone(), |sot| sot.site.clone())
}

/// The card of a place.
fn card_of(cx: &Cx<'_>, site: &SiteId) -> Option<Card> {
    let board = Board::new(cx.results()?, cx.session.project(), day_of(cx.today));
    board.cards.into_iter().find(|card| card.site == *site)
}

/// The form in a word, in steps that are about something else: what comes next, and the way to it.
pub fn in_short(ui: &mut Ui, cx: &Cx<'_>, site: &SiteId, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let site = followed(cx, site);
    if let Some(card) = card_of(cx, &site) {
        figure(ui, lang.pick("Nästa steg", "Next step"), &card.next.said(lang));
    }
    if text_button(ui, lang.pick("Följ upp platsen", "Follow the place up")).clicked() {
        actions.push(Action::Step(StepId::FOLLOW));
    }
}

/// Everything that is written down, and the pen.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, forms: &mut DialogsState, site: &SiteId, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let site = followed(cx, site);
    let nothing = Follow::default();
    let noted = cx.session.project().follow(&site).unwrap_or(&nothing);
    ui.push_id(("follow", site.text()), |ui| {
        let card = card_of(cx, &site);
        status(ui, cx, forms, &site, card.as_ref(), actions);
        next(ui, cx, card.as_ref(), noted);
        let mut pen = Pen { site: &site, actions };
        let name = lang.pick("Ansvarig för platsen", "Owner of the place");
        if let Some((id, owner)) = fields::text(ui, name, name, &noted.owner) {
            pen.write_by(id, FollowChange::Owner(owner));
        }
        questions(ui, cx, noted, &mut pen);
        steps::show(ui, cx, noted, &mut pen);
        lists::show(ui, cx, noted, &mut pen);
    });
    ui.separator();
}

fn status(
    ui: &mut Ui,
    cx: &Cx<'_>,
    forms: &mut DialogsState,
    site: &SiteId,
    card: Option<&Card>,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let set = cx.session.project().follow(site).and_then(|noted| noted.status.as_ref());
    let status = card.and_then(|card| card.status);
    let none = lang.pick("ingen", "none").to_owned();
    figure(ui, lang.pick("Status", "Status"), &status.map_or(none, |status| status.said(lang)));
    if let Some(card) = card.filter(|card| card.status.is_some()) {
        let date = if card.date.is_empty() { lang.pick("okänt datum", "unknown date") } else { &card.date };
        figure(ui, lang.pick("Statusens datum", "Date of the status"), date);
        if let Some(other) = &card.in_favour_of {
            figure(ui, lang.pick("Till förmån för", "In favour of"), other);
        }
    }
    let sot = cx.sot(site);
    match (set, sot.and_then(|sot| sot.in_file.as_ref())) {
        (Some(set), in_file) => {
            let evidence = set.evidence.said(lang);
            muted(ui, say!(lang, "Satt för hand: {evidence}", "Set by hand: {evidence}"));
            if let Some(file) = in_file {
                let (status, date) = (file.status.said(lang), &file.date);
                muted(ui, say!(lang, "I filen: {status} ({date})", "In the file: {status} ({date})"));
            }
        }
        (None, Some(_)) => {
            let file = sot.and_then(|sot| file_of(cx, sot)).unwrap_or_default();
            muted(ui, say!(lang, "Ur filen {file}", "From the file {file}"));
        }
        (None, None) => {}
    }
    ui.horizontal_wrapped(|ui| {
        if icon_button(ui, icons::EDIT, lang.pick("Sätt status…", "Set the status…")).clicked() {
            let name = card.map(|card| card.name.clone());
            let name = name.or_else(|| cx.session.project().site_name(site)).unwrap_or_default();
            forms.status = Some(StatusDraft {
                site: site.clone(),
                name,
                status: status.unwrap_or(crate::model::SotStatus::Idea),
                date: String::new(),
                in_favour_of: set.and_then(|set| set.in_favour_of.clone()),
                evidence: EvidenceDraft::of(cx.today),
            });
        }
        let back = lang.pick("Ta tillbaka satt status", "Take back the status");
        if set.is_some() && text_button(ui, back).clicked() {
            actions.push(Action::Edit(Command::Follow(site.clone(), FollowChange::Status(None))));
        }
    });
}

fn file_of(cx: &Cx<'_>, sot: &SotPlace) -> Option<String> {
    let (layer, _) = sot.feature()?;
    Some(cx.session.project().layer(layer)?.source.name())
}

/// What comes next, and what has to be looked at.
fn next(ui: &mut Ui, cx: &Cx<'_>, card: Option<&Card>, noted: &Follow) {
    let lang = cx.lang;
    let Some(card) = card else { return };
    heading(ui, lang.pick("Nästa steg", "Next step"));
    strong(ui, card.next.said(lang));
    let owner = card.next_owner(Some(noted));
    if !owner.is_empty() {
        muted(ui, owner);
    }
    for concern in &card.concerns {
        warning(ui, cx.theme, format!("{} {}", icons::FLAG, concern.said(lang)));
    }
}

/// The three questions that come before everything else.
fn questions(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    heading(ui, lang.pick("Frågor först", "Questions first"));
    for question in Question::ALL {
        let words = question.said(lang);
        ui.label(&words);
        let known = noted.questions.get(&question);
        let answer = fields::one_of(ui, lang, &words, &Answer::ALL, Some(noted.answer(question)));
        if let Some(answer) = answer {
            let (kind, when) = (EvidenceKind::Stated, cx.today.to_owned());
            let fresh = Evidence { kind, when, ..Evidence::none() };
            let evidence = known.map_or(fresh, |known| known.evidence.clone());
            pen.write(FollowChange::Question(question, QuestionNote { answer, evidence }));
        }
        let Some(known) = known else { continue };
        let name = lang.pick("Vem säger det?", "Who says so?");
        if let Some((id, who)) = fields::text(ui, name, &format!("{words} {name}"), &known.evidence.who) {
            let evidence = Evidence { who, ..known.evidence.clone() };
            pen.write_by(id, FollowChange::Question(question, QuestionNote { evidence, ..known.clone() }));
        }
        let name = lang.pick("Vad bygger det på?", "What does it rest on?");
        if let Some((id, what)) = fields::text(ui, name, &format!("{words} {name}"), &known.evidence.what) {
            let evidence = Evidence { what, ..known.evidence.clone() };
            pen.write_by(id, FollowChange::Question(question, QuestionNote { evidence, ..known.clone() }));
        }
        muted(ui, say!(lang, "Noterat {}", "Noted {}", known.evidence.when));
    }
}
