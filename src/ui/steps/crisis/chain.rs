//! What hangs on what? The event chain drawn from the model's own rules: parts in columns from what fails to what people need,
//! coloured by how they are in the hour that is looked at, at the place that is chosen or at all places; a click on a part
//! shows what it hangs on and what hangs on it, and a dependency can be changed there.

use std::collections::BTreeMap;

use egui::epaint::CubicBezierShape;
use egui::{Align2, Color32, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::assumptions::assume;
use crate::app::Results;
use crate::app::outage::{Crisis, delay_said};
use crate::lang::{Lang, Said};
use crate::model::outage::{Chain, Delay, Dependency, EdgeEdit, Effect, Part, Range};
use crate::outage::{Level, Minute};
use crate::say;
use crate::ui::action::Action;
use crate::ui::context::Cx;
use crate::ui::crisis::colour;
use crate::ui::state::{Selection, View};
use crate::ui::theme;
use crate::ui::widgets::{choice, icon_button, muted, number_field, strong};

const COLUMNS: usize = 5;
const SIDE: f32 = 256.0;
const BOX: egui::Vec2 = vec2(108.0, 24.0);

/// How a part is: of so many places it is gone at so many.
struct State {
    gone: usize,
    limited: usize,
    of: usize,
}

/// Every part in the hour: at the place that is chosen, else at all places.
fn states(crisis: &Crisis, view: &View) -> Vec<State> {
    let minute = Minute::try_from(view.crisis.hour * 60).unwrap_or(0);
    let case = view.crisis.case as usize;
    let chosen = match &view.selection {
        Some(Selection::Site(site)) => Some(site),
        _ => None,
    };
    let is_chosen = |at: &usize| chosen.is_some_and(|site| crisis.places[*at].site == *site);
    let mut places: Vec<usize> = (0..crisis.places.len()).filter(is_chosen).collect();
    if places.is_empty() {
        places = (0..crisis.places.len()).collect();
    }
    let of = |part: Part| {
        let mut state = State { gone: 0, limited: 0, of: 0 };
        for place in &places {
            let Some(need) = part.need() else {
                state.of += 1;
                let gone = &crisis.clocks[*place].parts[case].gone[part as usize];
                state.gone += usize::from(gone.contains(minute));
                continue;
            };
            let Some(lines) = crisis.timelines(*place, need) else { continue };
            state.of += 1;
            state.gone += usize::from(lines[case].stopped.contains(minute));
            state.limited += usize::from(lines[case].limited.contains(minute));
        }
        state
    };
    Part::ALL.into_iter().map(of).collect()
}

impl State {
    fn level(&self) -> Level {
        match (self.gone, self.limited) {
            (0, 0) => Level::Works,
            (gone, _) if gone > 0 && gone == self.of => Level::Stopped,
            _ => Level::Limited,
        }
    }

    fn said(&self, lang: Lang) -> String {
        let (gone, of) = (lang.count(self.gone), lang.count(self.of));
        match (self.of, self.level()) {
            (0, _) => lang.pick("ingen plats har det", "no place has it").into(),
            (_, Level::Works) => lang.pick("fungerar", "works").into(),
            (1, level) => level.said(lang),
            _ if self.gone == 0 => lang.pick("fungerar med begränsningar", "works with limits").into(),
            _ => say!(lang, "borta på {gone} av {of} platser", "gone at {gone} of {of} places"),
        }
    }
}

pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, _: &Results, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let Some(shown) = &cx.crisis.shown else {
        muted(ui, lang.pick("Räknar…", "Computing…"));
        return;
    };
    let crisis = &shown.crisis;
    let states = states(crisis, view);
    let whole = ui.available_rect_before_wrap();
    let graph =
        Rect::from_min_max(whole.min, pos2((whole.right() - SIDE).max(whole.left() + 300.0), whole.bottom()));
    let side = Rect::from_min_max(pos2(graph.right() + 10.0, whole.top()), whole.max);
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(graph).id_salt("graph"));
    egui::ScrollArea::both()
        .id_salt("chain")
        .auto_shrink(false)
        .show(&mut inside, |ui| draw(ui, cx, view, crisis, &states));
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(side).id_salt("side"));
    egui::ScrollArea::vertical().id_salt("chain-side").auto_shrink(false).show(&mut inside, |ui| {
        told(ui, cx, view, crisis, &states, actions);
    });
    ui.advance_cursor_after_rect(whole);
}

/// Where each part stands.
fn boxes(room: Rect) -> Vec<Rect> {
    let mut rows = [0usize; COLUMNS];
    let counts: Vec<usize> = (0..COLUMNS)
        .map(|column| Part::ALL.into_iter().filter(|part| usize::from(part.column()) == column).count())
        .collect();
    let most = counts.iter().copied().max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "a handful of columns and rows")]
    let place = |column: usize, row: usize, count: usize| {
        let x = room.left() + (room.width() - BOX.x) * column as f32 / (COLUMNS - 1) as f32;
        let step = room.height() / most as f32;
        let top = room.top() + (room.height() - step * count as f32) / 2.0;
        Rect::from_min_size(pos2(x, top + step * row as f32 + (step - BOX.y) / 2.0), BOX)
    };
    Part::ALL
        .into_iter()
        .map(|part| {
            let column = usize::from(part.column()).min(COLUMNS - 1);
            rows[column] += 1;
            place(column, rows[column] - 1, counts[column])
        })
        .collect()
}

/// The parts on which one hangs, or that hang on it, through others too.
fn related(chain: &Chain, from: Part, forward: bool) -> Vec<Part> {
    let mut found = vec![from];
    let mut at = 0;
    while let Some(part) = found.get(at).copied() {
        let next = chain.edges.iter().filter(|edge| edge.effect != Effect::Nothing).filter_map(|edge| {
            if forward {
                (edge.from == part).then_some(edge.to)
            } else {
                (edge.to == part).then_some(edge.from)
            }
        });
        let fresh: Vec<Part> = next.filter(|part| !found.contains(part)).collect();
        found.extend(fresh);
        at += 1;
    }
    found
}

fn draw(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, crisis: &Crisis, states: &[State]) {
    let lang = cx.lang;
    let least = vec2(BOX.x * 5.0 + 64.0, 9.0 * (BOX.y + 7.0));
    let size = (ui.available_size() - vec2(12.0, 12.0)).max(least);
    let (room, _) = ui.allocate_exact_size(size, Sense::hover());
    let boxes = boxes(room.shrink(4.0));
    let lit: Option<Vec<Part>> = view.crisis.part.map(|part| {
        let mut all = related(&crisis.chain, part, true);
        all.extend(related(&crisis.chain, part, false));
        all
    });
    let is_lit = |part: Part| lit.as_ref().is_none_or(|lit| lit.contains(&part));
    for edge in
        crisis.chain.edges.iter().filter(|edge| edge.effect != Effect::Nothing && edge.delay.is_some())
    {
        let (from, to) = (boxes[edge.from as usize], boxes[edge.to as usize]);
        let is_gone = states[edge.from as usize].gone > 0;
        let base = if is_gone { colour(Level::Stopped) } else { ui.visuals().weak_text_color() };
        let strength = if is_lit(edge.from) && is_lit(edge.to) { 0.9 } else { 0.12 };
        let width = if edge.effect == Effect::Stops { 1.6 } else { 0.8 };
        arrow(ui, from, to, Stroke::new(width, base.gamma_multiply(strength)));
    }
    for (part, rect) in Part::ALL.into_iter().zip(boxes) {
        let state = &states[part as usize];
        let fill = colour(if state.of == 0 { Level::Stopped } else { state.level() });
        let response = ui.interact(rect, ui.scope_id().with(("part", part.id())), Sense::click());
        let text = format!("{}: {}", part.said(lang), state.said(lang));
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::Button, true, view.crisis.part == Some(part), text.clone())
        });
        // What has nothing to do with the part that is chosen stands back, and can still be read.
        let text_colour = if is_lit(part) {
            ui.painter().rect_filled(rect, 5.0, fill);
            Color32::WHITE
        } else {
            let inside = egui::StrokeKind::Inside;
            ui.painter().rect(rect, 5.0, ui.visuals().panel_fill, Stroke::new(1.0, fill), inside);
            ui.visuals().text_color()
        };
        if view.crisis.part == Some(part) || response.has_focus() {
            ui.painter().rect_stroke(
                rect.expand(1.5),
                6.0,
                Stroke::new(2.0, theme::SELECTION),
                egui::StrokeKind::Outside,
            );
        }
        // A name is whole or not there.
        if ui.clip_rect().contains_rect(rect) {
            let font = egui::FontId::proportional(12.0);
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, part.said(lang), font, text_colour);
        }
        if response.clicked() {
            view.crisis.part = (view.crisis.part != Some(part)).then_some(part);
        }
        response.on_hover_text(text);
    }
}

fn arrow(ui: &Ui, from: Rect, to: Rect, stroke: Stroke) {
    let (a, b) = if from.left() < to.left() {
        (from.right_center(), to.left_center())
    } else {
        // In one column it goes round the side.
        (from.right_center(), to.right_center())
    };
    let reach = ((b.x - a.x).abs() * 0.5).max(26.0);
    let turn = if from.left() < to.left() { -reach } else { reach };
    let curve = CubicBezierShape::from_points_stroke(
        [a, a + vec2(reach, 0.0), b + vec2(turn, 0.0), b],
        false,
        Color32::TRANSPARENT,
        stroke,
    );
    ui.painter().add(curve);
    let head = if turn < 0.0 { -1.0 } else { 1.0 };
    for dy in [-3.0, 3.0] {
        ui.painter().line_segment([b, b + vec2(5.0 * head, dy)], stroke);
    }
}

/// What is said of the part that is chosen: its state, what it hangs on, what hangs on it.
fn told(ui: &mut Ui, cx: &Cx<'_>, view: &View, crisis: &Crisis, states: &[State], actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let where_ = match &view.selection {
        Some(Selection::Site(site)) => {
            crisis.places.iter().find(|place| place.site == *site).map(|place| place.name.clone())
        }
        _ => None,
    };
    let (hour, place) =
        (view.crisis.hour, where_.unwrap_or_else(|| lang.pick("alla platser", "all places").into()));
    muted(
        ui,
        say!(
            lang,
            "Timme {hour}, {place}. Grönt fungerar, brunt är borta på några platser, grått på alla. En plats på kartan ses för sig.",
            "Hour {hour}, {place}. Green works, brown is gone at some places, grey at all. A place on the map is seen alone."
        ),
    );
    let Some(part) = view.crisis.part else {
        muted(
            ui,
            lang.pick(
                "Klicka på en del för att se vad den beror på och vad den påverkar, och för att ändra det.",
                "Click a part to see what it depends on and what it affects, and to change that.",
            ),
        );
        return;
    };
    strong(ui, format!("{}: {}", part.said(lang), states[part as usize].said(lang)));
    muted(ui, lang.pick("Beror på", "Depends on"));
    for (_, edge) in crisis.chain.into_part(part) {
        edge_ui(ui, cx, edge, &edge.from.said(lang), actions);
    }
    if part.takes_any() {
        muted(ui, lang.pick("En av dem räcker.", "One of them is enough."));
    }
    muted(ui, lang.pick("Påverkar", "Affects"));
    for edge in crisis.chain.out_of(part) {
        edge_ui(ui, cx, edge, &edge.to.said(lang), actions);
    }
}

/// A dependency that can be changed: what it does, after how long, and back again.
fn edge_ui(ui: &mut Ui, cx: &Cx<'_>, edge: &Dependency, name: &str, actions: &mut Vec<Action>) {
    let lang = cx.lang;
    let assumed = &cx.session.project().outages.assumptions;
    let does = does(edge, edge.effect, lang);
    // What is felt at once has no delay to tell.
    let is_at_once = edge.delay == Some(Range(0.0, 0.0)) && edge.delay_in_locality.is_none();
    let text = if is_at_once {
        format!("{name}: {does}")
    } else {
        format!("{name}: {does}, {}", delay_said(edge, lang))
    };
    egui::CollapsingHeader::new(text).id_salt((edge.from.id(), edge.to.id())).show(ui, |ui| {
        changeable(ui, lang, edge, name, &mut |ui_edit, id| {
            let mut next = assumed.clone();
            next.edits.insert(edge.id(), ui_edit);
            let edit = assume(next);
            actions
                .push(id.map_or_else(|| Action::Edit(edit.clone()), |id| Action::EditBy(id, edit.clone())));
        });
        muted(ui, format!("{}: {}", edge.basis.said(lang), lang.pick(edge.source[0], edge.source[1])));
        if edge.by_hand {
            muted(
                ui,
                lang.pick(
                    "Åtgärd: rutin för hand (kassalåda, handpump)",
                    "Remedy: a manual routine (cash box, hand pump)",
                ),
            );
        }
        if edge.to == Part::Electricity {
            muted(
                ui,
                lang.pick(
                    "Åtgärd: reservkraft, så länge tanken räcker",
                    "Remedy: reserve power, as long as the tank lasts",
                ),
            );
        }
        if edge.is_changed
            && icon_button(
                ui,
                crate::ui::icons::UNDO,
                lang.pick("Tillbaka till standard", "Back to the standard"),
            )
            .clicked()
        {
            let mut next = assumed.clone();
            next.edits.remove(&edge.id());
            actions.push(Action::Edit(assume(next)));
        }
    });
}

/// What a loss does to what hangs on it; where one of several ways is enough, what does nothing is no way at all.
fn does(edge: &Dependency, effect: Effect, lang: Lang) -> String {
    if effect == Effect::Nothing && edge.to.takes_any() {
        return lang.pick("räknas inte som utväg", "is no way out").into();
    }
    effect.said(lang)
}

/// What of a dependency can be changed: whether it holds, after how long, and how long it lasts afterwards.
fn changeable(
    ui: &mut Ui,
    lang: Lang,
    edge: &Dependency,
    name: &str,
    set: &mut dyn FnMut(EdgeEdit, Option<egui::Id>),
) {
    let edit = EdgeEdit {
        effect: edge.effect,
        delay: edge.delay,
        delay_in_locality: edge.delay_in_locality,
        recovery_h: edge.recovery_h,
    };
    let usual = Chain::usual_effect(edge.id()).unwrap_or(Effect::Stops);
    ui.horizontal_wrapped(|ui| {
        for effect in [usual, Effect::Nothing] {
            let text = does(edge, effect, lang);
            let label = format!("{name}: {text}");
            if choice(ui, edge.effect == effect, &text, &label).clicked() {
                set(EdgeEdit { effect, ..edit }, None);
            }
        }
    });
    ever(ui, lang, edge, name, &mut |delay| set(EdgeEdit { delay, ..edit }, None));
    if let Some(Range(least, most)) = edge.delay {
        // Only where localities have another delay does it matter where this one holds.
        let where_ = edge.delay_in_locality.map_or("", |_| lang.pick("utanför tätort", "outside"));
        delay(ui, lang, (name, where_), [least, most], |range, id| {
            set(EdgeEdit { delay: Some(range), ..edit }, Some(id));
        });
    }
    if let Some(Range(least, most)) = edge.delay_in_locality {
        let where_ = lang.pick("i tätort", "in a locality");
        delay(ui, lang, (name, where_), [least, most], |range, id| {
            set(EdgeEdit { delay_in_locality: Some(range), ..edit }, Some(id));
        });
    }
    if edge.effect != Effect::Nothing {
        recovery(ui, lang, name, edge.recovery_h, |recovery_h, id| {
            set(EdgeEdit { recovery_h, ..edit }, Some(id));
        });
    }
}

/// After so many hours it is felt where it never was, until somebody says how many.
const AFTER: Range = Range(24.0, 72.0);

/// Whether a loss is ever felt, asked only where it is not, or would not be in the table.
fn ever(ui: &mut Ui, lang: Lang, edge: &Dependency, name: &str, set: &mut dyn FnMut(Delay)) {
    let is_never_by_table = || {
        let table = Chain::with(&BTreeMap::new());
        table.edges.iter().any(|row| row.id() == edge.id() && row.delay.is_none())
    };
    if edge.delay.is_some() && !is_never_by_table() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for (text, delay) in [
            (lang.pick("aldrig", "never"), None),
            (lang.pick("efter", "after"), Some(edge.delay.unwrap_or(AFTER))),
        ] {
            let is_on = delay.is_some() == edge.delay.is_some();
            let label = format!("{name}: {text}");
            if choice(ui, is_on, text, &label).clicked() && !is_on {
                set(delay);
            }
        }
    });
}

/// Hours until it is back after what failed is back.
fn recovery(ui: &mut Ui, lang: Lang, name: &str, mut hours: f64, mut set: impl FnMut(f64, egui::Id)) {
    ui.horizontal_wrapped(|ui| {
        let text = lang.pick("tillbaka efter", "back after");
        ui.label(text);
        let drag = ui.add(number_field(&mut hours, lang, 1).range(0.0..=1000.0).speed(0.1).suffix(" h"));
        let label = format!("{name}, {text}");
        drag.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
        if drag.changed() {
            set(hours, drag.id);
        }
    });
}

/// Hours until a loss is felt, from the least to the most.
fn delay(
    ui: &mut Ui,
    lang: Lang,
    (name, where_): (&str, &str),
    [mut least, mut most]: [f64; 2],
    mut set: impl FnMut(Range, egui::Id),
) {
    ui.horizontal_wrapped(|ui| {
        let field = |value, what: &str, ui: &mut Ui| {
            let drag = ui.add(number_field(value, lang, 1).range(0.0..=1000.0).speed(0.1).suffix(" h"));
            let label = if where_.is_empty() {
                format!("{name}, {what}")
            } else {
                format!("{name}, {where_}, {what}")
            };
            drag.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.clone()));
            drag
        };
        let first = field(&mut least, lang.pick("minst", "least"), ui);
        ui.label("–");
        let second = field(&mut most, lang.pick("mest", "most"), ui);
        if first.changed() {
            set(Range(least, most.max(least)), first.id);
        } else if second.changed() {
            set(Range(least.min(most), most), second.id);
        }
    });
}
