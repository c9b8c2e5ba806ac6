//! What waits for a decision? Edits of files that have changed, each with what it says, why it waits, and the places
//! it could be for; and people who are counted twice, with the click that counts them once.

use crate::ui::theme::Bold as _;
use egui::{RichText, Ui};

use crate::app::command::Command;
use crate::app::following;
use crate::app::telling::waiting;
use crate::lang::{Lang, Said};
use crate::model::{Amendment, Held, LeftOut, Parameters, SiteId, Suggestion, attribute};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::Goal;
use crate::ui::theme;
use crate::ui::widgets::{heading, icon_button, muted, warning};

/// So many are shown at a time.
const LISTED: usize = 30;

/// Everything that waits; nothing where nothing does.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    counted_twice(ui, cx, actions);
    let lang = cx.lang;
    let held = &cx.session.project().held;
    if held.is_empty() {
        return;
    }
    let count = lang.count(held.len());
    heading(
        ui,
        &say!(lang, "Uppgifter som väntar på beslut: {count}", "Facts waiting for a decision: {count}"),
    );
    muted(
        ui,
        lang.pick(
            "Filen har ändrats sedan uppgifterna skrevs, och det är inte säkert att platsen är densamma. Uppgifterna räknas inte förrän du har valt plats. Inget går förlorat.",
            "The file has changed since the facts were entered, and it is not certain that the place is the same. The facts are left out of all figures until you choose a place. Nothing is lost.",
        ),
    );
    let in_plans = cx.session.project().sites_in_plans();
    for one in held.iter().take(LISTED) {
        held_ui(ui, cx, one, in_plans.contains(&SiteId::Held(one.id)), actions);
    }
    if held.len() > LISTED {
        let more = lang.count(held.len() - LISTED);
        muted(ui, say!(lang, "… och {more} till", "… and {more} more"));
    }
}

/// The line that says so in other steps.
pub fn note(ui: &mut Ui, cx: &Cx<'_>) {
    for text in waiting::notes(cx.session.project(), cx.results(), cx.lang) {
        warning(ui, cx.theme, text);
    }
}

fn held_ui(ui: &mut Ui, cx: &Cx<'_>, held: &Held, is_in_plan: bool, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.push_id(("held", held.id), |ui| {
            let name = held.name(lang);
            ui.label(RichText::new(&name).bold());
            let (layer, why) = (&held.layer_name, held.why.said(lang));
            let colour = theme::warning_colour(cx.theme);
            ui.add(egui::Label::new(RichText::new(format!("{layer}: {why}")).small().color(colour)).wrap());
            for line in contents(cx, held, is_in_plan) {
                ui.add(egui::Label::new(format!("• {line}")).wrap());
            }
            let suggestions = cx.session.suggestions_for(held);
            if suggestions.is_empty() {
                muted(
                    ui,
                    lang.pick(
                        "Inget i filerna liknar platsen. Läs in rätt fil, eller ta bort uppgifterna.",
                        "Nothing in the files resembles the place. Load the right file, or remove the facts.",
                    ),
                );
            } else {
                muted(ui, lang.pick("Möjliga träffar:", "Possible matches:"));
            }
            for suggestion in suggestions {
                suggestion_ui(ui, lang, held, suggestion, actions);
            }
            ui.horizontal_wrapped(|ui| {
                if let Some(identity) = &held.identity {
                    let text = say!(lang, "Visa var {name} låg", "Show where {name} was");
                    let button = ui.button(lang.pick("Visa var den låg", "Show where it was"));
                    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
                    if button.clicked() {
                        actions.push(Action::Go(Goal::at(identity.place, Some(11.0))));
                    }
                }
                let text = say!(lang, "Ta bort uppgifterna om {name}", "Remove the facts about {name}");
                let button = ui.button(lang.pick("Ta bort uppgifterna", "Remove the facts"));
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
                if button.clicked() {
                    actions.push(Action::Edit(Command::DropHeld(held.id)));
                }
            });
        });
    });
}

fn suggestion_ui(ui: &mut Ui, lang: Lang, held: &Held, suggestion: &Suggestion, actions: &mut Vec<Action>) {
    let name = suggestion.identity.name.clone().unwrap_or_else(|| format!("#{}", suggestion.identity.number));
    let mut likeness: Vec<String> = Vec::new();
    if suggestion.has_same_id {
        likeness.push(lang.pick("samma id", "same id").into());
    }
    if suggestion.has_same_name {
        likeness.push(lang.pick("samma namn", "same name").into());
    }
    likeness.extend(suggestion.apart.map(|apart| {
        if apart.is_within(crate::units::Metres::ONE) {
            return lang.pick("samma ställe", "same spot").into();
        }
        let apart = lang.distance(apart);
        say!(lang, "{apart} därifrån", "{apart} from there")
    }));
    if held.layer_name != suggestion.layer_name {
        likeness.push(suggestion.layer_name.clone());
    }
    ui.horizontal_wrapped(|ui| {
        let text = say!(lang, "Det är {name}", "This is {name}");
        if icon_button(ui, icons::DONE, &text).clicked() {
            let site = suggestion.site.clone();
            actions.push(Action::Edit(Command::PlaceHeld { held: held.id, site }));
        }
        let button = ui.button(lang.pick("Visa", "Show"));
        let text = say!(lang, "Visa {name} på kartan", "Show {name} on the map");
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
        if button.clicked() {
            actions.push(Action::Go(Goal::at(suggestion.identity.place, Some(11.0))));
        }
    });
    muted(ui, likeness.join(", "));
}

/// What is said of the place, line by line.
fn contents(cx: &Cx<'_>, held: &Held, is_in_plan: bool) -> Vec<String> {
    let lang = cx.lang;
    let mut lines = Vec::new();
    if let Some(Amendment { place, name, kinds, facts, left_out, settled }) = &held.amendment {
        lines.extend(place.as_ref().map(|(_, evidence)| {
            let evidence = evidence.said(lang);
            say!(lang, "flyttad ({evidence})", "moved ({evidence})")
        }));
        lines.extend(name.as_ref().map(|(name, evidence)| {
            let evidence = evidence.said(lang);
            say!(lang, "heter {name} ({evidence})", "called {name} ({evidence})")
        }));
        lines.extend(
            kinds.as_ref().map(|(kinds, evidence)| format!("{} ({})", kinds.said(lang), evidence.said(lang))),
        );
        lines.extend(facts.iter().map(|(id, fact)| match attribute(id) {
            Some(def) => {
                format!("{}: {} ({})", def.label(lang), def.say(&fact.value, lang), fact.evidence.said(lang))
            }
            None => format!("{id}: {} ({})", fact.value.to_text(), fact.evidence.said(lang)),
        }));
        lines.extend(left_out.as_ref().map(|(how, evidence)| {
            let evidence = evidence.said(lang);
            match how {
                LeftOut::Dropped => say!(lang, "borttagen ({evidence})", "dropped ({evidence})"),
                LeftOut::SameAs(_) => say!(lang, "sammanslagen ({evidence})", "merged ({evidence})"),
            }
        }));
        lines.extend(settled.iter().map(|settled| {
            let (finding, evidence) = (settled.finding.said(lang), settled.evidence.said(lang));
            say!(lang, "granskad: {finding} ({evidence})", "looked at: {finding} ({evidence})")
        }));
    }
    if let Some(follow) = &held.follow {
        lines.push(following::summary(follow, lang));
    }
    if held.is_closed {
        lines.push(lang.pick("nedlagd i simuleringen", "closed in the simulation").into());
    }
    if held.is_selected {
        lines.push(lang.pick("vald för export", "chosen for export").into());
    }
    if is_in_plan {
        lines.push(lang.pick("nämns i en plan", "named in a plan").into());
    }
    lines
}

fn counted_twice(ui: &mut Ui, cx: &Cx<'_>, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(results) = cx.results() else { return };
    let found = &results.situation.counted_twice;
    if found.is_empty() {
        return;
    }
    let name = |id| results.project.layer(id).map(|layer| layer.name.clone()).unwrap_or_default();
    let project = cx.session.project();
    let set = |counts_once| {
        let parameters = Parameters { counts_once, ..project.parameters.clone() };
        Action::Edit(Command::SetParameters(Box::new(parameters)))
    };
    for twice in found {
        let (layer, text) = (name(twice.layer), waiting::twice(results, twice, lang));
        warning(ui, cx.theme, text);
        if !twice.is_dropped && twice.layer != twice.already_in {
            let text = say!(lang, "Ta bort lagret {layer}", "Remove the layer {layer}");
            if icon_button(ui, icons::DELETE, &text).clicked() {
                actions.push(Action::Edit(Command::RemoveLayer(twice.layer)));
            }
        }
    }
    let is_dropped = found.iter().any(|twice| twice.is_dropped);
    if is_dropped {
        if ui.button(lang.pick("Räkna med alla rutor igen", "Include all cells again")).clicked() {
            actions.push(set(false));
        }
    } else if icon_button(ui, icons::DONE, lang.pick("Räkna dem en gång", "Count them once")).clicked() {
        actions.push(set(true));
    }
}
