//! What became of every way of a road file? What is used and refused, and what its columns and lengths say.

use std::collections::BTreeMap;

use egui::{CollapsingHeader, Ui};

use crate::lang::Lang;
use crate::model::roads::RoadReport;
use crate::say;
use crate::ui::widgets::{figure, heading, muted};

pub fn show(ui: &mut Ui, lang: Lang, report: &RoadReport) {
    heading(ui, lang.pick("Datarapport", "Data report"));
    let refused: u64 = report.ways_refused.values().sum();
    let numbers = [
        (lang.pick("Linjer i filen", "Lines in the file"), report.ways_in),
        (lang.pick("Används som väg", "Used as roads"), report.ways_used),
        (lang.pick("Annat än väg", "Other than roads"), report.ways_other),
        (lang.pick("Avvisade vägar", "Roads refused"), refused),
        (lang.pick("Bommar och hinder", "Gates and barriers"), report.barriers_read),
        (lang.pick("Tidsvillkor som inte följs", "Conditions by time, not obeyed"), report.conditional),
    ];
    for (name, count) in numbers {
        figure(ui, name, &lang.whole(count));
    }
    reasons(ui, lang, lang.pick("Avvisade, efter skäl", "Refused, by reason"), &report.ways_refused);
    reasons(ui, lang, lang.pick("Anmärkningar", "Remarks"), &report.remarks);
    let read = report.turns_read + report.turns_left.values().sum::<u64>();
    figure(ui, lang.pick("Svängförbud i filen", "Turn restrictions in the file"), &lang.whole(read));
    reasons(
        ui,
        lang,
        lang.pick("Svängförbud som inte följs", "Turn restrictions not obeyed"),
        &report.turns_left,
    );
    examples_and_columns(ui, lang, report);
    lengths_ui(ui, lang, report);
    unknown_values(ui, lang, report);
}

/// Ways as examples of what was refused, and the columns that were read.
fn examples_and_columns(ui: &mut Ui, lang: Lang, report: &RoadReport) {
    if !report.examples.is_empty() {
        CollapsingHeader::new(lang.pick("Exempel", "Examples")).id_salt("examples").show(ui, |ui| {
            for example in &report.examples {
                muted(ui, RoadReport::said_example(example, lang));
            }
        });
    }
    if !report.columns.is_empty() {
        CollapsingHeader::new(lang.pick("Kolumner som används", "Columns used")).id_salt("columns").show(
            ui,
            |ui| {
                for (what, column) in &report.columns {
                    muted(ui, if what == column { what.clone() } else { format!("{what}: {column}") });
                }
            },
        );
    }
}

/// What the register says of lengths, and where it differs from what is drawn.
fn lengths_ui(ui: &mut Ui, lang: Lang, report: &RoadReport) {
    if let Some(lengths) = report.lengths_said(lang) {
        CollapsingHeader::new(lang.pick("Längder i registret", "Lengths in the register"))
            .id_salt("lengths")
            .show(ui, |ui| {
                muted(ui, lengths);
                for outlier in &report.lengths.listed {
                    let number = outlier.feature;
                    let (stated, drawn) = (lang.number(outlier.stated_m, 1), lang.number(outlier.drawn_m, 1));
                    muted(
                        ui,
                        say!(
                            lang,
                            "objekt {number}: {stated} m, ritat {drawn} m",
                            "feature {number}: {stated} m, drawn {drawn} m"
                        ),
                    );
                }
            });
    }
}

/// Values that nobody knows the meaning of.
fn unknown_values(ui: &mut Ui, lang: Lang, report: &RoadReport) {
    for (column, values) in &report.unknown_values {
        let (count, number, value) = (lang.whole(values.count), values.feature, &values.value);
        muted(
            ui,
            say!(
                lang,
                "Okända värden i {column}: {count}, först objekt {number}: {value}",
                "Unknown values in {column}: {count}, the first feature {number}: {value}"
            ),
        );
    }
}

fn reasons(ui: &mut Ui, lang: Lang, title: &str, counts: &BTreeMap<String, u64>) {
    if counts.is_empty() {
        return;
    }
    CollapsingHeader::new(title).id_salt(title).default_open(true).show(ui, |ui| {
        for (reason, count) in counts {
            figure(ui, &RoadReport::said_reason(lang, reason), &lang.whole(*count))
                .on_hover_text(reason.as_str());
        }
    });
}
