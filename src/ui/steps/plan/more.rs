//! Which finer points does a question have? Pairs that exclude each other, decay with distance, how hard to try.

use egui::Ui;

use super::common::{ask, ask_by};
use crate::app::siting::{DecaySaid, EffortSaid, Place, Question, said_exclusion, said_unknown_favoured};
use crate::model::SiteId;
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::icons;
use crate::ui::state::PlanState;
use crate::ui::widgets::{NumberRow, icon_button_if, muted, sign_button};

/// Pairs and what stands under "more".
pub fn show(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState, question: &Question, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let count = cx.planner.preview.as_ref().and_then(|preview| preview.as_ref().ok());
    let count = lang.count(count.map_or(0, |preview| preview.exclusions.len()));
    let title = say!(lang, "Aldrig båda ({count})", "Never both ({count})");
    egui::CollapsingHeader::new(title)
        .id_salt("plan-pairs")
        .show(ui, |ui| pairs(ui, cx, state, question, actions));
    let title = lang.pick("Mer", "More");
    egui::CollapsingHeader::new(title).id_salt("plan-more").show(ui, |ui| {
        if question.objective.may_decay() {
            decay(ui, cx, question, actions);
        }
        effort(ui, cx, question, actions);
    });
}

fn pairs(ui: &mut Ui, cx: &Cx<'_>, state: &mut PlanState, question: &Question, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let mut follows = question.in_favour_excludes;
    let text = lang.pick("Följ ”till förmån för” i data", "Follow “in favour of” in the data");
    if ui.checkbox(&mut follows, text).changed() {
        actions.push(ask(Question { in_favour_excludes: follows, ..question.clone() }));
    }
    let Some(Ok(preview)) = &cx.planner.preview else { return };
    for exclusion in &preview.exclusions {
        let said = said_exclusion(&preview.places, exclusion, lang);
        let sites = exclusion.sites.map(|site| preview.places.get(site as usize));
        let [Some(a), Some(b)] = sites else { continue };
        let is_it =
            |pair: &&[SiteId; 2]| (a.is(&pair[0]) && b.is(&pair[1])) || (a.is(&pair[1]) && b.is(&pair[0]));
        ui.horizontal(|ui| {
            if question.exclusive.iter().any(|pair| is_it(&pair)) {
                let text = say!(lang, "Ta bort paret {} och {}", "Remove the pair {} and {}", a.name, b.name);
                if sign_button(ui, true, icons::DELETE, &text).clicked() {
                    let exclusive = question.exclusive.iter().filter(|pair| !is_it(pair)).cloned().collect();
                    actions.push(ask(Question { exclusive, ..question.clone() }));
                }
            }
            ui.add(egui::Label::new(egui::RichText::new(said).small()).wrap());
        });
    }
    for unknown in &preview.unknown_favoured {
        muted(ui, said_unknown_favoured(&preview.places, unknown, lang));
    }
    let names = [lang.pick("Första platsen", "First place"), lang.pick("Andra platsen", "Second place")];
    for (at, name) in names.into_iter().enumerate() {
        place_choice(ui, &preview.places, name, &mut state.draft.pair[at], |_| true);
    }
    // A place that is gone from the data is not chosen.
    let place = |site: &Option<SiteId>| {
        preview.places.iter().find(|place| site.as_ref().is_some_and(|site| place.is(site)))
    };
    let chosen = match [place(&state.draft.pair[0]), place(&state.draft.pair[1])] {
        [Some(a), Some(b)] if a.site != b.site => Some([a.site.clone(), b.site.clone()]),
        _ => None,
    };
    if icon_button_if(ui, chosen.is_some(), icons::ADD, lang.pick("Aldrig båda dessa", "Never both of these"))
        .clicked()
        && let Some(pair) = chosen
    {
        let mut exclusive = question.exclusive.clone();
        exclusive.push(pair);
        state.draft.pair = [None, None];
        actions.push(ask(Question { exclusive, ..question.clone() }));
    }
}

/// A place by name, of those that fit.
pub(super) fn place_choice(
    ui: &mut Ui,
    places: &[Place],
    name: &str,
    chosen: &mut Option<SiteId>,
    fits: impl Fn(&Place) -> bool,
) {
    let known = chosen.as_ref().and_then(|site| places.iter().find(|place| place.is(site)));
    ui.horizontal(|ui| {
        let label = ui.label(name);
        egui::ComboBox::from_id_salt(("plan-place", name))
            .selected_text(known.map_or("–", |place| place.name.as_str()))
            .width(160.0)
            .show_ui(ui, |ui| {
                let mut fitting: Vec<&Place> = places.iter().filter(|place| fits(place)).collect();
                fitting.sort_by_key(|place| place.name.as_str());
                for place in fitting {
                    let is_on = known.is_some_and(|known| known.site == place.site);
                    if ui.selectable_label(is_on, &place.name).clicked() {
                        *chosen = Some(place.site.clone());
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
}

fn decay(ui: &mut Ui, cx: &Cx<'_>, question: &Question, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    ui.label(lang.pick("Ska närhet räknas högre?", "Is near worth more?"));
    let half = question.measure.from_units(5.0);
    for (decay, name) in [
        (
            DecaySaid::None,
            lang.pick("nej, alla inom gränsen räknas lika", "no, within the threshold counts whole"),
        ),
        (
            DecaySaid::Linear,
            lang.pick("ja, rakt ner till noll vid gränsen", "yes, straight down to zero at the threshold"),
        ),
        (
            DecaySaid::Exponential { half },
            lang.pick("ja, halveras med avståndet", "yes, halved by each length"),
        ),
    ] {
        let is_on = std::mem::discriminant(&question.decay) == std::mem::discriminant(&decay);
        if ui.radio(is_on, name).clicked() && !is_on {
            actions.push(ask(Question { decay, ..question.clone() }));
        }
    }
    if let DecaySaid::Exponential { half } = question.decay {
        let row = NumberRow {
            name: lang.pick("Halva värdet vid", "Half the worth at"),
            hint: lang.pick("Vid dubbla sträckan är det en fjärdedel", "At twice the length it is a quarter"),
            unit: question.measure.unit(),
            decimals: 1,
            range: 0.1..=500.0,
            speed: 0.2,
        };
        if let Some((id, value)) = row.show(ui, lang, question.measure.in_units(half)) {
            let decay = DecaySaid::Exponential { half: question.measure.from_units(value) };
            actions.push(ask_by(id, Question { decay, ..question.clone() }));
        }
    }
}

fn effort(ui: &mut Ui, cx: &Cx<'_>, question: &Question, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let effort = question.effort;
    let mut change = |id: egui::Id, effort: EffortSaid| {
        actions.push(ask_by(id, Question { effort, ..question.clone() }));
    };
    let row = NumberRow {
        name: lang.pick("Tillåten avvikelse från det bästa", "Accept a gap of"),
        hint: lang.pick(
            "Sökningen slutar när planen bevisat är så nära den bästa; 0 = tills det är bevisat",
            "The search ends when the plan is proven this near the best; 0 = until it is proven",
        ),
        unit: "%",
        decimals: 2,
        range: 0.0..=20.0,
        speed: 0.05,
    };
    if let Some((id, value)) = row.show(ui, lang, effort.gap * 100.0) {
        change(id, EffortSaid { gap: value / 100.0, ..effort });
    }
    let row = NumberRow {
        name: lang.pick("Längsta söktid, 0 = ingen", "Longest search, 0 = none"),
        hint: lang.pick(
            "När tiden är slut sägs hur långt från det bästa planen högst är",
            "When time is up the answer says how far from the best the plan is at most",
        ),
        unit: "s",
        decimals: 0,
        range: 0.0..=86_400.0,
        speed: 1.0,
    };
    if let Some((id, value)) = row.show(ui, lang, effort.seconds.unwrap_or(0.0)) {
        change(id, EffortSaid { seconds: (value > 0.0).then_some(value), ..effort });
    }
    let row = NumberRow {
        name: lang.pick("Slumpfrö", "Seed"),
        hint: lang.pick("Samma tal ger samma slump", "The same number gives the same search"),
        unit: "",
        decimals: 0,
        range: 0.0..=1e9,
        speed: 0.2,
    };
    #[expect(clippy::cast_precision_loss, reason = "seeds here are below 10^9")]
    if let Some((id, value)) = row.show(ui, lang, effort.seed as f64) {
        change(id, EffortSaid { seed: crate::ui::panels::common::whole(value) as u64, ..effort });
    }
}
