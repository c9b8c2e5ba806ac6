//! Which places must, may and may not be chosen, and why? Changed by hand, with the hand's own words.

use crate::ui::theme::Bold as _;
use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use super::common::{ask, ask_by};
use crate::app::siting::{ByHand, Place, Question, Reason, decimals};
use crate::lang::{Lang, Said};
use crate::location::Role;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::{Goal, Selection, View};
use crate::ui::table::{ROW, wide};
use crate::ui::theme;
use crate::ui::widgets::{choice, muted, read_number, sign_button};

pub fn table(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let preview = match &cx.planner.preview {
        Some(Ok(preview)) => preview,
        Some(Err(why)) => return drop(muted(ui, why.said(lang))),
        None => return,
    };
    ui.horizontal(|ui| {
        let label = ui.label(lang.pick("Filtrera på namn", "Filter by name"));
        ui.add(egui::TextEdit::singleline(&mut view.plan.draft.filter).desired_width(160.0)).labelled_by(label.id);
        muted(
            ui,
            lang.pick(
                "Rollen följer av statusen. Bestäm annat för hand: till exempel släpp en pausad plats.",
                "The role follows from the status. Decide otherwise by hand: for example release a paused place.",
            ),
        );
    });
    let wanted = view.plan.draft.filter.trim().to_lowercase();
    let mut rows: Vec<&Place> =
        preview.places.iter().filter(|place| place.name.to_lowercase().contains(&wanted)).collect();
    // What is decided or has a status first: that is what one looks for.
    rows.sort_by_key(|place| (matches!(place.reason, Reason::Store), place.name.as_str()));
    // What places cost is asked with a budget.
    let has_prices = cx.planner.question.has_prices()
        || matches!(cx.planner.question.amount, crate::app::siting::Amount::Budget(_));
    let columns = columns(has_prices, lang);
    wide(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .min_scrolled_height(0.0)
            .striped(true)
            .sense(egui::Sense::click())
            .cell_layout(Layout::left_to_right(Align::Center));
        for (_, width) in &columns {
            table = table.column(Column::initial(*width).resizable(true).clip(true));
        }
        table
            .header(ROW, |mut header| {
                for (name, _) in &columns {
                    header.col(|ui| {
                        ui.label(RichText::new(*name).small().bold());
                    });
                }
            })
            .body(|body| {
                body.rows(ROW + 4.0, rows.len(), |mut row| {
                    let place = rows[row.index()];
                    row.set_selected(view.selects(&place.site));
                    place_row(&mut row, cx, place, has_prices, actions);
                    if row.response().clicked() {
                        let goal = Goal::at(place.place, None);
                        actions.push(Action::SelectAndGo(Selection::Site(place.site.clone()), goal));
                    }
                });
            });
    });
}

/// The columns with their widths.
fn columns(has_prices: bool, lang: Lang) -> Vec<(&'static str, f32)> {
    let mut columns = vec![
        (lang.pick("Plats", "Place"), 180.0),
        (lang.pick("Kommun", "Municipality"), 100.0),
        (lang.pick("Roll", "Role"), 262.0),
        (lang.pick("Skäl", "Reason"), 250.0),
        (lang.pick("Varför (för hand)", "Why (by hand)"), 180.0),
    ];
    if has_prices {
        columns.insert(2, (lang.pick("Pris", "Price"), 130.0));
    }
    columns
}

fn place_row(
    row: &mut TableRow<'_, '_>,
    cx: &Cx<'_>,
    place: &Place,
    has_price: bool,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let question = &cx.planner.question;
    let by_hand = question.by_hand.iter().find(|said| place.is(&said.site));
    row.col(|ui| {
        ui.add(egui::Label::new(&place.name).truncate());
    });
    row.col(|ui| {
        let area = cx.results().and_then(|results| results.situation.area_name(place.area));
        ui.label(area.unwrap_or("–"));
    });
    if has_price {
        row.col(|ui| price(ui, cx, place, actions));
    }
    row.col(|ui| {
        for (role, short) in [
            (Role::Required, lang.pick("med", "in")),
            (Role::Candidate, lang.pick("kan väljas", "may be")),
            (Role::Forbidden, lang.pick("inte", "not")),
        ] {
            let is_on = place.role == role;
            let label = format!("{}: {}", place.name, role.said(lang));
            let response = choice(ui, is_on, short, &label);
            if response.on_hover_text(role.said(lang)).clicked() && !is_on {
                let why = by_hand.map(|said| said.why.clone()).unwrap_or_default();
                actions.push(ask(decided(question, place, Some((role, why)))));
            }
        }
        if by_hand.is_some() {
            let text = say!(lang, "{}: som statusen säger", "{}: as its status says", place.name);
            if sign_button(ui, true, icons::UNDO, &text).clicked() {
                actions.push(ask(decided(question, place, None)));
            }
        }
    });
    row.col(|ui| {
        let said = place.reason.said(lang);
        let text = RichText::new(&said);
        let text = if by_hand.is_some() { text.color(theme::warning_colour(cx.theme)) } else { text };
        ui.add(egui::Label::new(text).truncate()).on_hover_text(said);
    });
    row.col(|ui| {
        let Some(said) = by_hand else { return };
        let mut why = said.why.clone();
        let field = ui.add(egui::TextEdit::singleline(&mut why).desired_width(170.0));
        let label = say!(lang, "Varför: {}", "Why: {}", place.name);
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
        if field.changed() {
            actions.push(ask_by(field.id, decided(question, place, Some((said.role, why)))));
        }
    });
}

/// What the place costs; what is typed goes before the column and the flat price. Nothing changes by being visited.
fn price(ui: &mut Ui, cx: &Cx<'_>, place: &Place, actions: &mut Vec<Action>) {
    let (lang, question) = (cx.lang, &cx.planner.question);
    let is_by_hand = question.prices.iter().any(|said| place.is(&said.site));
    let shown = place.cost.map_or_else(String::new, |cost| lang.number(cost, decimals(cost) as usize));
    let id = ui.scope_id().with(("price", place.site.text()));
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| shown.clone());
    let field = egui::TextEdit::singleline(&mut text).id(id).desired_width(84.0).hint_text("–");
    let response = ui.add(field);
    let label = say!(lang, "Pris: {}", "Price: {}", place.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        let typed = text.trim();
        let price = read_number(typed).filter(|price| price.is_finite() && *price >= 0.0);
        if typed.is_empty() && is_by_hand {
            actions.push(ask(question.priced(place, None)));
        } else if typed != shown
            && let Some(price) = price
        {
            actions.push(ask(question.priced(place, Some(price))));
        }
    } else if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
    }
    if is_by_hand {
        let text = say!(lang, "{}: ta bort priset", "{}: take the price away", place.name);
        if sign_button(ui, true, icons::UNDO, &text).clicked() {
            actions.push(ask(question.priced(place, None)));
        }
    }
}

/// The question with a hand's word on a place, or without it.
fn decided(question: &Question, place: &Place, said: Option<(Role, String)>) -> Question {
    let mut by_hand: Vec<ByHand> =
        question.by_hand.iter().filter(|said| !place.is(&said.site)).cloned().collect();
    if let Some((role, why)) = said {
        by_hand.push(ByHand { site: place.site.clone(), role, why });
    }
    Question { by_hand, ..question.clone() }
}
