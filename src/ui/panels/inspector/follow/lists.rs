//! With whom, for how much, to what use, and what else is worth remembering? Lists that take room only where something
//! is written in them.

use egui::{CollapsingHeader, Ui};

use super::fields;
use super::pen::Pen;
use crate::app::following::{FollowChange, Item};
use crate::lang::{Lang, Said};
use crate::model::process::{
    Agreement, Cost, DatedNote, DocumentLink, Follow, Frequency, Function, Numbered, Outcome, OutcomeNote,
    OutcomeState, Person, When, next_number,
};
use crate::say;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::widgets::{icon_button, muted};

pub fn show(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    people(ui, cx, noted, pen);
    agreements(ui, cx, noted, pen);
    costs(ui, cx, noted, pen);
    outcomes(ui, cx, noted, pen);
    documents(ui, cx, noted, pen);
    notes(ui, cx, noted, pen);
}

/// A list that opens: its items, and the button that adds one.
fn list<T>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    (id, title, add): (&str, &str, &str),
    (items, fresh): (&Numbered<T>, impl FnOnce() -> T),
    pen: &mut Pen<'_>,
    change: impl Fn(Item<T>) -> FollowChange,
    show: impl Fn(&mut Ui, u32, &T, &mut Pen<'_>),
) {
    let count = if items.is_empty() { String::new() } else { format!(" ({})", cx.lang.count(items.len())) };
    CollapsingHeader::new(format!("{title}{count}")).id_salt(id).show(ui, |ui| {
        for (number, item) in items {
            ui.push_id(number, |ui| {
                egui::Frame::group(ui.style()).show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    show(ui, *number, item, pen);
                    if fields::remove(ui, cx.lang, &format!("{title} {number}")) {
                        pen.write(change(Item::Remove(*number)));
                    }
                });
            });
        }
        if icon_button(ui, icons::ADD, add).clicked() {
            pen.write(change(Item::Set(next_number(items), fresh())));
        }
    });
}

fn people(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let words = (
        "people",
        lang.pick("Roller och personer", "Roles and people"),
        lang.pick("Lägg till person", "Add person"),
    );
    let fresh = || Person { function: Function::Operator, name: String::new(), contact: String::new() };
    list(ui, cx, words, (&noted.people, fresh), pen, FollowChange::Person, |ui, number, person, pen| {
        let function = function(ui, lang, number, person.function);
        if let Some(function) = function {
            pen.write(FollowChange::Person(Item::Set(number, Person { function, ..person.clone() })));
        }
        let name = lang.pick("Namn", "Name");
        if let Some((id, name)) = fields::text(ui, name, &numbered(name, number), &person.name) {
            pen.write_by(id, FollowChange::Person(Item::Set(number, Person { name, ..person.clone() })));
        }
        let name = lang.pick("Telefon eller e-post", "Telephone or e-mail");
        if let Some((id, contact)) = fields::text(ui, name, &numbered(name, number), &person.contact) {
            pen.write_by(id, FollowChange::Person(Item::Set(number, Person { contact, ..person.clone() })));
        }
    });
}

fn numbered(name: &str, number: u32) -> String {
    format!("{name} {number}")
}

fn function(ui: &mut Ui, lang: Lang, number: u32, now: Function) -> Option<Function> {
    let mut chosen = None;
    let shown = now.said(lang);
    let response = egui::ComboBox::from_id_salt("function").selected_text(shown).show_ui(ui, |ui| {
        for function in Function::ALL {
            if ui.selectable_label(now == function, function.said(lang)).clicked() && now != function {
                chosen = Some(function);
            }
        }
    });
    let label = say!(lang, "Funktion {number}", "Function {number}");
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label.clone()));
    chosen
}

fn agreements(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let words =
        ("agreements", lang.pick("Avtal", "Agreements"), lang.pick("Lägg till avtal", "Add agreement"));
    let fresh = || Agreement { with: String::new(), about: String::new(), until: None };
    let change = |number, agreement| FollowChange::Agreement(Item::Set(number, agreement));
    list(ui, cx, words, (&noted.agreements, fresh), pen, FollowChange::Agreement, |ui, number, of, pen| {
        let name = lang.pick("Med vem?", "With whom?");
        if let Some((id, with)) = fields::text(ui, name, &numbered(name, number), &of.with) {
            pen.write_by(id, change(number, Agreement { with, ..of.clone() }));
        }
        muted(
            ui,
            lang.pick(
                "Fastighetsägaren är inte alltid butiken.",
                "The property owner is not always the store.",
            ),
        );
        let name = lang.pick("Om vad?", "About what?");
        if let Some((id, about)) = fields::text(ui, name, &numbered(name, number), &of.about) {
            pen.write_by(id, change(number, Agreement { about, ..of.clone() }));
        }
        let name = lang.pick("Gäller till", "Until when?");
        if let Some((id, until)) = fields::date(ui, cx, name, &numbered(name, number), of.until) {
            pen.write_by(id, change(number, Agreement { until, ..of.clone() }));
        }
    });
}

fn costs(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let words = ("costs", lang.pick("Kostnader", "Costs"), lang.pick("Lägg till kostnad", "Add cost"));
    let fresh = || Cost { what: String::new(), kronor: 0, year: None, frequency: Frequency::Once };
    let change = |number, cost| FollowChange::Cost(Item::Set(number, cost));
    list(ui, cx, words, (&noted.costs, fresh), pen, FollowChange::Cost, |ui, number, of, pen| {
        let name = lang.pick("Vad?", "What?");
        if let Some((id, what)) = fields::text(ui, name, &numbered(name, number), &of.what) {
            pen.write_by(id, change(number, Cost { what, ..of.clone() }));
        }
        let name = lang.pick("Kronor", "Kronor");
        let kronor = Some(of.kronor).filter(|kronor| *kronor > 0);
        if let Some((id, kronor)) = fields::whole::<u64>(ui, name, &numbered(name, number), kronor) {
            pen.write_by(id, change(number, Cost { kronor: kronor.unwrap_or(0), ..of.clone() }));
        }
        let name = lang.pick("År", "Year");
        if let Some((id, year)) = fields::whole::<i16>(ui, name, &numbered(name, number), of.year) {
            pen.write_by(id, change(number, Cost { year, ..of.clone() }));
        }
        let what = numbered(lang.pick("Kostnad", "Cost"), number);
        if let Some(frequency) = fields::one_of(ui, lang, &what, &Frequency::ALL, Some(of.frequency)) {
            pen.write(change(number, Cost { frequency, ..of.clone() }));
        }
    });
}

fn outcomes(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let title = lang.pick("Nyttor: utlovade och visade", "Outcomes: promised and shown");
    let known = noted.outcomes.values().filter(|of| of.state != OutcomeState::Unknown).count();
    let title = if known == 0 { title.to_owned() } else { format!("{title} ({known})") };
    CollapsingHeader::new(title).id_salt("outcomes").show(ui, |ui| {
        for outcome in Outcome::ALL {
            let words = outcome.said(lang);
            let of = noted.outcomes.get(&outcome);
            let state = of.map_or(OutcomeState::Unknown, |of| of.state);
            let text = of.map(|of| of.text.clone()).unwrap_or_default();
            ui.label(&words);
            if let Some(state) = fields::one_of(ui, lang, &words, &OutcomeState::ALL, Some(state)) {
                pen.write(FollowChange::Outcome(outcome, OutcomeNote { state, text: text.clone() }));
            }
            if state == OutcomeState::Unknown && text.is_empty() {
                continue;
            }
            let name = lang.pick("Hur märks det?", "How is it seen?");
            if let Some((id, text)) = fields::text(ui, name, &format!("{words}: {name}"), &text) {
                pen.write_by(id, FollowChange::Outcome(outcome, OutcomeNote { state, text }));
            }
        }
    });
}

fn documents(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    let words =
        ("documents", lang.pick("Dokument", "Documents"), lang.pick("Lägg till dokument", "Add document"));
    let fresh = || DocumentLink { title: String::new(), link: String::new() };
    let change = |number, document| FollowChange::Document(Item::Set(number, document));
    list(ui, cx, words, (&noted.documents, fresh), pen, FollowChange::Document, |ui, number, of, pen| {
        let name = lang.pick("Titel", "Title");
        if let Some((id, title)) = fields::text(ui, name, &numbered(name, number), &of.title) {
            pen.write_by(id, change(number, DocumentLink { title, ..of.clone() }));
        }
        let name = lang.pick("Länk eller sökväg", "Link or path");
        if let Some((id, link)) = fields::text(ui, name, &numbered(name, number), &of.link) {
            pen.write_by(id, change(number, DocumentLink { link, ..of.clone() }));
        }
        if of.link.starts_with("https://") || of.link.starts_with("http://") {
            ui.hyperlink_to(lang.pick("Öppna", "Open"), &of.link);
        }
    });
}

fn notes(ui: &mut Ui, cx: &Cx<'_>, noted: &Follow, pen: &mut Pen<'_>) {
    let lang = cx.lang;
    // Without a day of today there is none to begin with.
    let Some(today) = When::parse(cx.today) else { return };
    let words = ("notes", lang.pick("Anteckningar", "Notes"), lang.pick("Lägg till anteckning", "Add note"));
    let who = cx.settings.user.trim().to_owned();
    let fresh = || DatedNote { date: today, who, text: String::new() };
    let change = |number, note| FollowChange::Note(Item::Set(number, note));
    list(ui, cx, words, (&noted.notes, fresh), pen, FollowChange::Note, |ui, number, of, pen| {
        let name = lang.pick("Datum", "Date");
        let date = fields::date(ui, cx, name, &numbered(name, number), Some(of.date));
        if let Some((id, Some(date))) = date {
            pen.write_by(id, change(number, DatedNote { date, ..of.clone() }));
        }
        let name = lang.pick("Av", "By");
        if let Some((id, who)) = fields::text(ui, name, &numbered(name, number), &of.who) {
            pen.write_by(id, change(number, DatedNote { who, ..of.clone() }));
        }
        let name = lang.pick("Text", "Text");
        if let Some((id, text)) = fields::lines(ui, name, &numbered(name, number), &of.text) {
            pen.write_by(id, change(number, DatedNote { text, ..of.clone() }));
        }
    });
}
