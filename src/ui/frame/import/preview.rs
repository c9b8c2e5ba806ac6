//! What does a file hold, before it is loaded? Its first rows, where its features lie, what is refused and why, and what
//! is other than in the layer that it replaces.

use egui::{Align2, Color32, FontId, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, Ui, pos2, vec2};
use egui_extras::{Column, TableBuilder};

use crate::app::import::{Draft, Import, Read};
use crate::geometry::LonLat;
use crate::lang::Said;
use crate::model::recognise::name_of;
use crate::model::{Difference, Entry, Feature, FeatureTable, LayerReport};
use crate::say;
use crate::scene::ground::coarse_ground_scene;
use crate::scene::{Mercator, box_around, mercator};
use crate::ui::context::Cx;
use crate::ui::state::{ImportTab, View};
use crate::ui::theme::{self, Bold as _};
use crate::ui::widgets::{choice, muted};

/// Rows that are shown.
const ROWS: usize = 200;
/// Features that the small map shows at most.
const DOTS: usize = 4_000;

/// The tabs and what the chosen one shows.
pub fn show(ui: &mut Ui, cx: &Cx<'_>, view: &mut View, import: &Import, draft: &Draft) {
    let lang = cx.lang;
    let refused = match &draft.read {
        Ok(read) => read.report.refused.len(),
        Err(_) => 0,
    };
    let n = lang.count(refused);
    let mut tabs = vec![
        (ImportTab::Rows, lang.pick("Rader", "Rows").to_owned()),
        (ImportTab::Map, lang.pick("Karta", "Map").to_owned()),
        (ImportTab::Refused, say!(lang, "Avvisas: {n}", "Refused: {n}")),
    ];
    if import.replaces.is_some() {
        tabs.push((ImportTab::Difference, lang.pick("Skillnader", "Differences").to_owned()));
    }
    ui.horizontal_wrapped(|ui| {
        for (tab, name) in tabs {
            if choice(ui, view.import.tab == tab, &name, &name).clicked() {
                view.import.tab = tab;
            }
        }
    });
    let Ok(read) = &draft.read else {
        muted(ui, lang.pick("Filen visas när den kan läsas.", "The file is shown once it can be read."));
        return;
    };
    match view.import.tab {
        ImportTab::Rows => rows(ui, cx, &read.layer.table),
        ImportTab::Map => map(ui, cx, read),
        ImportTab::Refused => refusals(ui, cx, &read.report),
        ImportTab::Difference => {
            if let (Some(difference), Some(earlier)) = (&read.difference, &import.replaces) {
                differences(ui, cx, difference, &earlier.table, &read.layer.table);
            }
        }
    }
}

/// The first rows as they stand in the file.
fn rows(ui: &mut Ui, cx: &Cx<'_>, table: &FeatureTable) {
    let lang = cx.lang;
    // Where no row stands anywhere, those that do not are what there is to see.
    let nowhere = &table.placeless;
    let (columns, numbered): (_, Vec<(u32, u32)>) = if table.features.is_empty() {
        (&nowhere.columns, nowhere.rows.iter().map(|row| (row.number, row.row)).take(ROWS).collect())
    } else {
        let rows = table.features.iter().map(|feature| (feature.number, feature.row));
        (&table.columns, rows.take(ROWS).collect())
    };
    let all = if table.features.is_empty() { nowhere.rows.len() } else { table.features.len() };
    let shown = numbered.len();
    let (shown_text, all_text) = (lang.count(shown), lang.count(all));
    muted(
        ui,
        say!(lang, "De första {shown_text} av {all_text} rader", "The first {shown_text} of {all_text} rows"),
    );
    ScrollArea::horizontal().id_salt("import-rows").auto_shrink(false).show(ui, |ui| {
        let height = ui.available_height() - 24.0;
        let mut builder = TableBuilder::new(ui)
            .striped(true)
            .min_scrolled_height(60.0)
            .max_scroll_height(height.max(60.0))
            .column(Column::exact(54.0));
        for _ in columns {
            builder = builder.column(Column::initial(110.0).at_least(60.0).clip(true));
        }
        builder
            .header(22.0, |mut header| {
                header.col(|ui| {
                    ui.label(RichText::new(lang.pick("Nr", "No.")).bold());
                });
                for column in columns {
                    header.col(|ui| {
                        ui.add(egui::Label::new(RichText::new(&column.name).bold()).truncate());
                    });
                }
            })
            .body(|body| {
                body.rows(22.0, shown, |mut row| {
                    let (number, at) = numbered[row.index()];
                    row.col(|ui| {
                        muted(ui, number.to_string());
                    });
                    for column in columns {
                        row.col(|ui| {
                            let text = column.entry(at).map(Entry::text).unwrap_or_default();
                            ui.add(egui::Label::new(text).truncate());
                        });
                    }
                });
            });
    });
}

/// Where the features lie, on the map that is built in.
fn map(ui: &mut Ui, cx: &Cx<'_>, read: &Read) {
    let size = ui.available_size() - vec2(0.0, 4.0);
    let (response, painter) = ui.allocate_painter(size, Sense::HOVER);
    let rect = response.rect;
    let colours = theme::map_colours(cx.theme);
    painter.rect_filled(rect, 4.0, colours.water);
    let features = &read.layer.table.features;
    let step = features.len().div_ceil(DOTS).max(1);
    let dots: Vec<Mercator> = features.iter().step_by(step).map(|feature| mercator(feature.place)).collect();
    // Something of the country around it, so that one sees where it is.
    let corners = [LonLat::new(10.5, 55.2), LonLat::new(24.3, 69.1)].map(mercator);
    let Some((min, max)) = box_around(dots.iter().copied()).or_else(|| box_around(corners)) else { return };
    let pad = ((max[0] - min[0]).max(max[1] - min[1]) * 0.25).max(0.0004);
    let (width, height) = (max[0] - min[0] + 2.0 * pad, max[1] - min[1] + 2.0 * pad);
    let scale = (f64::from(rect.width()) / width).min(f64::from(rect.height()) / height);
    let centre = (f64::midpoint(min[0], max[0]), f64::midpoint(min[1], max[1]));
    #[expect(clippy::cast_possible_truncation, reason = "points of a screen")]
    let screen = |at: Mercator| {
        let (dx, dy) = ((at[0] - centre.0) * scale, (at[1] - centre.1) * scale);
        rect.center() + vec2(dx as f32, dy as f32)
    };
    if cx.has_ground {
        let borders = &coarse_ground_scene().borders;
        let lines = [
            (&borders.counties, colours.county_line),
            (&borders.countries, colours.area_line),
            (&borders.coast, colours.area_line),
        ];
        for (all, colour) in lines {
            for line in all {
                let points: Vec<Pos2> = line.iter().map(|at| screen(*at)).collect();
                if Rect::from_points(&points).intersects(rect) {
                    painter.with_clip_rect(rect).line(points, Stroke::new(1.0, colour));
                }
            }
        }
    }
    for dot in &dots {
        let at = screen(*dot);
        if rect.contains(at) {
            painter.circle(at, 2.5, theme::SELECTION, Stroke::new(0.5, Color32::WHITE));
        }
    }
    if step > 1 {
        let (shown, all) = (cx.lang.count(dots.len()), cx.lang.count(features.len()));
        let text = say!(cx.lang, "{shown} av {all} visas", "{shown} of {all} shown");
        let at = pos2(rect.left() + 8.0, rect.bottom() - 6.0);
        painter.text(at, Align2::LEFT_BOTTOM, text, FontId::proportional(12.0), colours.label);
    }
}

/// What is refused and why, by reason, then row by row.
fn refusals(ui: &mut Ui, cx: &Cx<'_>, report: &LayerReport) {
    let lang = cx.lang;
    ScrollArea::vertical().id_salt("import-refused").auto_shrink(false).show(ui, |ui| {
        if report.refused.is_empty() {
            muted(ui, lang.pick("Inget avvisas.", "Nothing is refused."));
        }
        for refused in report.refused.iter().take(ROWS) {
            let (number, why) = (refused.number, refused.reason.said(lang));
            ui.label(say!(lang, "Objekt {number}: {why}", "Feature {number}: {why}"));
        }
        if report.refused.len() > ROWS {
            let more = lang.count(report.refused.len() - ROWS);
            muted(ui, say!(lang, "… och {more} till", "… and {more} more"));
        }
        if !report.remarks.is_empty() {
            ui.add_space(8.0);
            ui.label(RichText::new(lang.pick("Anmärkningar", "Remarks")).bold());
        }
        for remark in report.remarks.iter().take(ROWS) {
            let what = remark.kind.said(lang);
            match remark.number {
                Some(number) => ui.label(say!(lang, "Objekt {number}: {what}", "Feature {number}: {what}")),
                None => ui.label(what),
            };
        }
    });
}

/// What is new, gone, moved and changed.
fn differences(
    ui: &mut Ui,
    cx: &Cx<'_>,
    difference: &Difference,
    earlier: &FeatureTable,
    later: &FeatureTable,
) {
    let lang = cx.lang;
    let name = |table: &FeatureTable, feature: &Feature| {
        let number = feature.number;
        name_of(table.row(feature)).unwrap_or_else(|| say!(lang, "objekt {number}", "feature {number}"))
    };
    let same = lang.count(difference.same);
    ScrollArea::vertical().id_salt("import-difference").auto_shrink(false).show(ui, |ui| {
        ui.label(say!(lang, "Oförändrade: {same}", "Unchanged: {same}"));
        let new = difference.new.iter().map(|at| name(later, &later.features[*at])).collect();
        part(ui, cx, lang.pick("Nya", "New"), new);
        let gone = difference.gone.iter().map(|at| name(earlier, &earlier.features[*at])).collect();
        part(ui, cx, lang.pick("Borta", "Gone"), gone);
        let moved = difference.moved.iter().map(|(_, to, apart)| {
            format!("{} ({})", name(later, &later.features[*to]), lang.distance(*apart))
        });
        part(ui, cx, lang.pick("Flyttade", "Moved"), moved.collect());
        let changed = difference.changed.iter().map(|(_, to)| name(later, &later.features[*to])).collect();
        part(ui, cx, lang.pick("Ändrade uppgifter", "Changed values"), changed);
        ui.add_space(8.0);
        muted(
            ui,
            lang.pick(
                "Dina egna rättelser följer med: de hittas igen med id, annars med namn och plats. Det som inte säkert hittas visas under Data.",
                "Your own corrections come along: they are found again by id, else by name and place. What is not surely found is shown under Data.",
            ),
        );
    });
}

fn part(ui: &mut Ui, cx: &Cx<'_>, heading: &str, names: Vec<String>) {
    let lang = cx.lang;
    ui.add_space(6.0);
    let n = lang.count(names.len());
    ui.label(RichText::new(format!("{heading}: {n}")).bold());
    let more = names.len().saturating_sub(ROWS);
    for name in names.into_iter().take(ROWS) {
        ui.label(name);
    }
    if more > 0 {
        let more = lang.count(more);
        muted(ui, say!(lang, "… och {more} till", "… and {more} more"));
    }
}
