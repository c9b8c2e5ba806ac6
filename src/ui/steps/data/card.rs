//! What do a layer and a road file show alike? An eye and a title, and how much was refused or remarked on.

use egui::{Button, Color32, RichText, Role, Ui, WidgetInfo};

use crate::say;
use crate::ui::context::Cx;
use crate::ui::icons::{self, Icon};
use crate::ui::theme;
use crate::ui::widgets::sign_button;

/// A frame as wide as the panel.
pub fn framed(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        show(ui);
    });
}

/// What was clicked in the head of a card.
pub struct Clicked {
    pub eye: bool,
    pub title: bool,
}

/// The eye that shows or hides, and the title that opens.
pub fn head(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    is_visible: bool,
    is_open: bool,
    mark: Option<(Icon, Color32)>,
) -> Clicked {
    ui.horizontal(|ui| {
        let (icon, text) = if is_visible {
            (icons::VISIBLE, say!(cx.lang, "Dölj {name}", "Hide {name}"))
        } else {
            (icons::HIDDEN, say!(cx.lang, "Visa {name}", "Show {name}"))
        };
        let eye = sign_button(ui, true, icon, &text).clicked();
        if let Some((icon, colour)) = mark {
            ui.label(RichText::new(icon).size(16.0).color(colour));
        }
        let arrow = if is_open { icons::DOWN } else { icons::RIGHT };
        let title = ui.add(Button::new(format!("{name} {arrow}")).frame(false).truncate());
        title.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        Clicked { eye, title: title.clicked() }
    })
    .inner
}

/// How many were refused, and how many remarks there are, where there are any.
pub fn troubles(ui: &mut Ui, cx: &Cx<'_>, refused: u64, remarks: u64) {
    let lang = cx.lang;
    if refused > 0 {
        let n = lang.whole(refused);
        let text = say!(lang, "· avvisade: {n}", "· {n} refused");
        ui.label(RichText::new(text).small().color(theme::error_colour(cx.theme)));
    }
    if remarks > 0 {
        let n = lang.whole(remarks);
        let text = match remarks {
            1 => lang.pick("· 1 anmärkning", "· 1 remark").to_owned(),
            _ => say!(lang, "· {n} anmärkningar", "· {n} remarks"),
        };
        ui.label(RichText::new(text).small().color(theme::warning_colour(cx.theme)));
    }
}
