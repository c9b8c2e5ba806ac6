//! How does one factor count? Its value function with its ends, and what a missing value counts as.

use egui::Ui;

use super::common::{edit, edit_by};
use crate::app::Results;
use crate::app::ranking::RankingChange;
use crate::app::telling::words::short_number;
use crate::lang::{Lang, Said};
use crate::model::{Direction, Factor, MissingRule, ValueFunction};
use crate::say;
use crate::siting::ranking::Worth;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::widgets::{NumberRow, muted};

/// A factor, with what its readings reach from and to.
struct Shown<'a> {
    factor: Factor,
    /// The least and the largest reading.
    span: (f64, f64),
    unit: &'a str,
    lang: Lang,
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, results: &Results, factor: Factor, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let setting = *cx.session.project().ranking.setting(factor);
    muted(ui, factor.meaning(lang));
    let known = || results.readings.iter().filter_map(|readings| readings[factor.index()].ok());
    let (min, max) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let (min, max) = if min < max { (min, max) } else { (0.0, 1.0) };
    shapes(ui, cx, factor, setting.function, (min, max), actions);
    let unit = factor.unit().text(results.measure(), lang);
    let shown = Shown { factor, span: (min, max), unit, lang };
    match setting.function {
        ValueFunction::Linear { worst, best } => shown.linear(ui, cx, [worst, best], actions),
        ValueFunction::Step { at } => shown.step(ui, at, actions),
        ValueFunction::Ideal { at, below, above } => shown.ideal(ui, [at, below, above], actions),
    }
    missing(ui, cx, results, factor, setting.missing, actions);
    let (min, max) = (short_number(lang, min), short_number(lang, max));
    muted(ui, say!(lang, "I data: {min} till {max} {unit}", "In the data: {min} to {max} {unit}").trim_end());
}

impl Shown<'_> {
    /// A number of the function; where it is changed, the function that comes of it.
    fn number(
        &self,
        ui: &mut Ui,
        row: (&str, &str),
        (value, least): (f64, f64),
        function: impl Fn(f64) -> ValueFunction,
        actions: &mut Vec<Action>,
    ) {
        let (name, hint) = row;
        let width = self.span.1 - self.span.0;
        let decimals = if width < 20.0 { 2 } else { 0 };
        let unit = if self.unit.len() > 4 { "" } else { self.unit };
        let speed = (width / 200.0).max(0.01);
        let row = NumberRow { name, hint, unit, decimals, range: least..=1e9, speed };
        if let Some((id, value)) = row.show(ui, self.lang, value) {
            actions.push(edit_by(id, RankingChange::Function(self.factor, function(value))));
        }
    }

    /// Straight between two ends, which the places decide unless they are fixed.
    fn linear(&self, ui: &mut Ui, cx: &Cx<'_>, fixed: [Option<f64>; 2], actions: &mut Vec<Action>) {
        let lang = self.lang;
        let mut factors = cx.ranked.ranking.factors.iter();
        let worth = factors.find(|(known, _, _)| *known == self.factor).map(|(_, _, worth)| *worth);
        let (min, max) = self.span;
        let (worst, best) = match (worth, self.factor.direction()) {
            (Some(Worth::Linear { worst, best }), _) => (worst, best),
            (_, Direction::LessIsBetter) => (max, min),
            _ => (min, max),
        };
        let [fixed_worst, fixed_best] = fixed;
        let hint = lang.pick(
            "Från början sämsta och bästa värdet bland platserna som jämförs; ändra det för att låsa det",
            "From the start the worst and best value among the places compared; change it to fix it",
        );
        let differs = |end: f64, other: f64| if (end - other).abs() < 1e-9 { end + 1e-3 } else { end };
        let of_worst = |value| ValueFunction::Linear { worst: Some(differs(value, best)), best: fixed_best };
        self.number(ui, (lang.pick("Sämst (0)", "Worst (0)"), hint), (worst, 0.0), of_worst, actions);
        let of_best = |value| ValueFunction::Linear { worst: fixed_worst, best: Some(differs(value, worst)) };
        self.number(ui, (lang.pick("Bäst (1)", "Best (1)"), hint), (best, 0.0), of_best, actions);
        let text = lang.pick("Låt platserna bestämma ändarna", "Let the places decide the ends");
        if fixed_worst.or(fixed_best).is_some() && ui.small_button(text).clicked() {
            actions.push(edit(RankingChange::Function(self.factor, ValueFunction::default())));
        }
    }

    /// All or nothing at a value.
    fn step(&self, ui: &mut Ui, at: f64, actions: &mut Vec<Action>) {
        let name = if self.factor.direction() == Direction::LessIsBetter {
            self.lang.pick("Högst", "At most")
        } else {
            self.lang.pick("Minst", "At least")
        };
        self.number(ui, (name, name), (at, 0.0), |at| ValueFunction::Step { at }, actions);
    }

    /// Best at a value, and worth nothing so far below or above.
    fn ideal(&self, ui: &mut Ui, [at, below, above]: [f64; 3], actions: &mut Vec<Action>) {
        let lang = self.lang;
        let best = lang.pick("Bäst vid", "Best at");
        let of_at = |at| ValueFunction::Ideal { at, below, above };
        self.number(ui, (best, best), (at, 0.0), of_at, actions);
        let under = lang.pick("Inget värt så långt under", "Worth nothing so far below");
        let of_below = |below| ValueFunction::Ideal { at, below, above };
        self.number(ui, (under, under), (below, 1e-3), of_below, actions);
        let over = lang.pick("Inget värt så långt över", "Worth nothing so far above");
        let of_above = |above| ValueFunction::Ideal { at, below, above };
        self.number(ui, (over, over), (above, 1e-3), of_above, actions);
    }
}

fn missing(
    ui: &mut Ui,
    cx: &Cx<'_>,
    results: &Results,
    factor: Factor,
    chosen: MissingRule,
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let places = &cx.ranked.ranking.places;
    let count =
        places.iter().filter(|place| results.readings[place.candidate][factor.index()].is_err()).count();
    let places = crate::app::siting::places(count, lang);
    ui.label(say!(lang, "Saknas värdet ({places})", "Where it is missing ({places})"));
    ui.horizontal_wrapped(|ui| {
        for rule in MissingRule::ALL {
            let response = ui.selectable_label(chosen == rule, rule.said(lang));
            let hint = match rule {
                MissingRule::LeaveOut => lang.pick(
                    "Platsen räknas på det som är känt; de andra vikterna delar på resten",
                    "The place is scored by what is known; the other weights share the rest",
                ),
                MissingRule::Worst => lang.pick(
                    "Okänt räknas som sämst: straffar den som inte har frågat",
                    "Unknown counts as the worst: punishes not having asked",
                ),
                MissingRule::Neutral => lang.pick(
                    "Okänt räknas som mitt emellan sämst och bäst",
                    "Unknown counts as half way between worst and best",
                ),
            };
            if response.on_hover_text(hint).clicked() && chosen != rule {
                actions.push(edit(RankingChange::Missing(factor, rule)));
            }
        }
    });
}

/// Which shape the function has.
fn shapes(
    ui: &mut Ui,
    cx: &Cx<'_>,
    factor: Factor,
    chosen: ValueFunction,
    (min, max): (f64, f64),
    actions: &mut Vec<Action>,
) {
    let lang = cx.lang;
    let (middle, half) = (f64::midpoint(min, max), (max - min) / 2.0);
    let choices = [
        (
            lang.pick("Rak", "Straight"),
            ValueFunction::default(),
            lang.pick("Linjär mellan två ändar", "Linear between two ends"),
        ),
        (
            lang.pick("Tröskel", "Threshold"),
            ValueFunction::Step { at: middle },
            lang.pick("Allt eller inget vid ett värde (steg)", "All or nothing at a value (step)"),
        ),
        (
            lang.pick("Lagom", "Ideal"),
            ValueFunction::Ideal { at: middle, below: half, above: half },
            lang.pick("Bäst vid ett värde, avtar åt båda håll", "Best at a value, falling to both sides"),
        ),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, function, hint) in choices {
            let is_on = std::mem::discriminant(&function) == std::mem::discriminant(&chosen);
            if ui.selectable_label(is_on, name).on_hover_text(hint).clicked() && !is_on {
                actions.push(edit(RankingChange::Function(factor, function)));
            }
        }
    });
}
