//! Small pieces that panels share: a button with sign and name, a figure with its unit, a muted explanation.

use super::theme::Bold as _;
use egui::{Button, Response, RichText, Role, Ui, WidgetInfo};

use super::icons::Icon;
use super::theme;
use crate::app::settings::Theme;
use crate::app::telling::glossary::Term;
use crate::lang::{Lang, Said};

/// A button with sign and words, found by its words.
pub fn icon_button(ui: &mut Ui, icon: Icon, text: &str) -> Response {
    icon_button_if(ui, true, icon, text)
}

/// The same, greyed where it can do nothing now.
pub fn icon_button_if(ui: &mut Ui, is_enabled: bool, icon: Icon, text: &str) -> Response {
    let response = ui.add_enabled(is_enabled, Button::new(format!("{icon}  {text}")));
    named(response, Role::Button, is_enabled, text)
}

/// A button that is only a sign; its words are its tooltip and its accessible name.
pub fn sign_button(ui: &mut Ui, is_enabled: bool, icon: Icon, text: &str) -> Response {
    sign_button_with(ui, is_enabled, icon, text, text)
}

/// The same, with a longer tooltip than its name.
pub fn sign_button_with(ui: &mut Ui, is_enabled: bool, icon: Icon, text: &str, hint: &str) -> Response {
    let response = ui.add_enabled(is_enabled, Button::new(RichText::new(icon).size(18.0)).frame(false));
    focus_ring(ui, &response);
    named(response, Role::Button, is_enabled, text).on_hover_text(hint).on_disabled_hover_text(text)
}

/// A toggle with sign and words.
pub fn toggle(ui: &mut Ui, is_on: bool, icon: Icon, text: &str) -> Response {
    let response = ui.add(Button::selectable(is_on, format!("{icon}  {text}")));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, text));
    response
}

/// One of several to choose from, found by a longer name than is shown.
pub fn choice(ui: &mut Ui, is_on: bool, name: &str, label: &str) -> Response {
    let response = ui.selectable_label(is_on, name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, label));
    response
}

/// Any button, found by these words.
pub fn named_button(ui: &mut Ui, button: Button<'_>, text: &str) -> Response {
    let response = ui.add(button);
    focus_ring(ui, &response);
    named(response, Role::Button, true, text)
}

fn named(response: Response, kind: Role, is_enabled: bool, text: &str) -> Response {
    response.widget_info(|| WidgetInfo::labeled(kind, is_enabled, text));
    response
}

/// Where the keyboard is: seen also at what has no frame of its own.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let stroke = egui::Stroke::new(2.0, ui.visuals().hyperlink_color);
        ui.painter().rect_stroke(response.rect.expand(1.0), 5.0, stroke, egui::StrokeKind::Outside);
    }
}

/// A name and its figure on one line, the figure to the right.
pub fn figure(ui: &mut Ui, name: &str, value: &str) -> Response {
    let width = ui.available_width();
    let font = egui::TextStyle::Body.resolve(ui.style());
    let colour = ui.visuals().text_color();
    // The figure takes what it needs, up to half; the name wraps in the rest.
    let value = ui.painter().layout(value.to_owned(), font.clone(), colour, width * 0.5);
    let name = ui.painter().layout(name.to_owned(), font, colour, (width - value.size().x - 12.0).max(60.0));
    let height = name.size().y.max(value.size().y) + 2.0;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, height), egui::Sense::hover());
    let text = format!("{}: {}", name.text(), value.text());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.clone()));
    let right = egui::pos2(rect.right() - value.size().x, rect.top() + 1.0);
    ui.painter().galley(rect.min + egui::vec2(0.0, 1.0), name, colour);
    ui.painter().galley(right, value, colour);
    response
}

/// A figure whose name is a term: its tooltip says what that means, and its technical name.
pub fn term_figure(ui: &mut Ui, lang: Lang, term: Term, name: &str, value: &str) -> Response {
    figure(ui, name, value).on_hover_text(term.said(lang))
}

/// A number that can be dragged or typed, with its name before and its unit after it.
pub struct NumberRow<'a> {
    pub name: &'a str,
    /// What it means, and that it is an assumption where it is one.
    pub hint: &'a str,
    pub unit: &'a str,
    pub decimals: usize,
    pub range: std::ops::RangeInclusive<f64>,
    /// How much a point of dragging changes.
    pub speed: f64,
}

impl NumberRow<'_> {
    /// The widget and the new value, if it was changed.
    pub fn show(self, ui: &mut Ui, lang: Lang, value: f64) -> Option<(egui::Id, f64)> {
        let Self { name, hint, unit, decimals, range, speed } = self;
        let mut fresh = value;
        let drag = ui
            .horizontal(|ui| {
                // The name wraps beside its field: nothing of it is lost.
                let width = (ui.available_width() - 96.0).max(60.0);
                let label = ui
                    .vertical(|ui| {
                        ui.set_width(width);
                        ui.add_space(3.0);
                        ui.add(egui::Label::new(name).wrap())
                    })
                    .inner
                    .on_hover_text(hint);
                let field = number_field(&mut fresh, lang, decimals).range(range).speed(speed);
                let suffix = if unit.is_empty() { String::new() } else { format!(" {unit}") };
                let drag = ui.add_sized([82.0, 24.0], field.suffix(suffix));
                drag.labelled_by(label.id).on_hover_text(hint)
            })
            .inner;
        (drag.changed() && fresh.to_bits() != value.to_bits()).then_some((drag.id, fresh))
    }
}

/// A number that can be dragged or typed, in the language's own form.
pub fn number_field(value: &mut f64, lang: Lang, decimals: usize) -> egui::DragValue<'_> {
    egui::DragValue::new(value)
        .update_while_editing(false)
        .max_decimals(decimals)
        .custom_formatter(move |value, _| lang.number(value, decimals))
        .custom_parser(read_number)
}

/// Reads a number as it is written in either language.
#[must_use]
pub fn read_number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    plain.replace(',', ".").parse().ok()
}

/// The name in a row of a table: reached by the keyboard, and does what the row does.
pub fn row_name(ui: &mut Ui, text: &str, label: &str) -> Response {
    named_button(ui, Button::new(text).frame(false).truncate(), label)
}

/// An explanation, smaller and paler.
pub fn muted(ui: &mut Ui, text: impl Into<String>) -> Response {
    let colour = ui.visuals().weak_text_color();
    ui.add(egui::Label::new(RichText::new(text.into()).small().color(colour)).wrap())
}

/// A text that changes what figures mean, wrapped.
pub fn warning(ui: &mut Ui, colours: Theme, text: impl Into<String>) -> Response {
    ui.add(egui::Label::new(RichText::new(text).color(theme::warning_colour(colours))).wrap())
}

/// A heading of a group.
pub fn heading(ui: &mut Ui, text: &str) {
    heading_with(ui, text, "");
}

/// A heading that explains itself under the pointer.
pub fn heading_with(ui: &mut Ui, text: &str, hint: &str) {
    ui.add_space(8.0);
    let label = ui.label(RichText::new(text).bold());
    if !hint.is_empty() {
        label.on_hover_text(hint);
    }
}

/// The answer in plain words.
pub fn answer(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(RichText::new(text).size(17.0)).wrap());
}

/// A line that is seen before the others.
pub fn strong(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(egui::Label::new(RichText::new(text.into()).bold()).wrap())
}

/// The one button of a panel that comes next, filled.
pub fn primary_button(ui: &mut Ui, is_enabled: bool, icon: Icon, text: &str) -> Response {
    let of = theme::surfaces(theme_of(ui));
    let words = RichText::new(format!("{icon}  {text}")).color(of.on_accent);
    let button = Button::new(words).fill(of.accent).stroke(egui::Stroke::NONE);
    let response = ui.add_enabled(is_enabled, button);
    focus_ring(ui, &response);
    named(response, Role::Button, is_enabled, text)
}

/// A button that is only words: what one may do besides.
pub fn text_button(ui: &mut Ui, text: &str) -> Response {
    let words = RichText::new(text).color(ui.visuals().hyperlink_color);
    named_button(ui, Button::new(words).frame(false).wrap(), text)
}

fn theme_of(ui: &Ui) -> Theme {
    if ui.visuals().dark_mode { Theme::Dark } else { Theme::Light }
}

/// The figure that matters, its unit small beside it, and what it is below.
pub fn big_figure(ui: &mut Ui, value: &str, unit: &str, caption: &str) -> Response {
    let response = ui
        .vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut job = egui::text::LayoutJob::default();
            let (text, weak) = (ui.visuals().text_color(), ui.visuals().weak_text_color());
            job.append(value, 0.0, egui::TextFormat::simple(theme::bold_font(theme::FIGURE), text));
            job.append(unit, 4.0, egui::TextFormat::simple(egui::FontId::proportional(theme::UNIT), weak));
            ui.label(job);
            muted(ui, caption);
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{caption}: {value} {unit}")));
    response
}
