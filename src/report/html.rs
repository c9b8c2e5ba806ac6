//! How is a report written as a web page? One file with everything in it, for a screen reader as for a printer; no script,
//! nothing from elsewhere.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::document::{Block, Document, Figure, Style, Table};
use crate::io::Logo;
use crate::scene::letters::{BOLD, FAMILY, REGULAR};
use crate::scene::svg::xml;

const STYLE: &str = "
:root { color-scheme: light; }
body { font: 15px/1.5 FAMILY, 'Segoe UI', Helvetica, Arial, sans-serif; color: #1d2326; background: #fff; max-width: 50rem; margin: 0 auto; padding: 1.5rem; }
header { border-bottom: 2px solid #0b3c70; margin-bottom: 1.5rem; padding-bottom: .75rem; }
header p { margin: 0; }
header img { max-height: 4rem; max-width: 16rem; }
header dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: .5rem 0 0; }
header dt { color: #4a5256; }
header dd { margin: 0; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 1rem; }
h2 { font-size: 1.25rem; margin: 1.8rem 0 .5rem; }
h3 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
p, ul { margin: 0 0 .7rem; }
.lead { font-weight: 600; }
.note { font-size: .87rem; color: #4a5256; }
.blank { background: #fff3cd; border-left: 4px solid #b08300; padding: .3rem .6rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .6rem 0 1.2rem; font-size: .87rem; }
caption { text-align: left; font-weight: 600; padding: .2rem 0; }
th, td { border-bottom: 1px solid #c9ced1; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.long { overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #4a5256; }
tbody th { font-weight: 400; }
.number { text-align: right; white-space: nowrap; }
figure { margin: 1rem 0; }
figure svg { width: 100%; height: auto; }
figcaption { font-size: .87rem; font-weight: 600; }
@page { size: A4; margin: 18mm 18mm 20mm; }
@media print { body { max-width: none; padding: 0; font-size: 10.5pt; } h2, h3, caption { break-after: avoid; } tr, figure { break-inside: avoid; } thead { display: table-header-group; } .page { break-before: page; } .scroll { overflow: visible; } }
";

/// The page.
#[must_use]
pub fn html(document: &Document) -> String {
    let mut out = String::with_capacity(500_000);
    let (lang, title) = (document.lang.code(), xml(&document.title));
    let _ = write!(out, "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n");
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    let version = env!("CARGO_PKG_VERSION");
    let _ = write!(
        out,
        "<meta name=\"generator\" content=\"Sotplan {version}\">\n<title>{title}</title>\n<style>\n"
    );
    for (font, weight) in [(REGULAR, 400), (BOLD, 700)] {
        let font = BASE64_STANDARD.encode(font);
        let _ = writeln!(
            out,
            "@font-face {{ font-family: {FAMILY}; font-weight: {weight}; src: url(data:font/ttf;base64,{font}) format('truetype'); }}"
        );
    }
    out += &STYLE.replace("FAMILY", FAMILY);
    out += "</style>\n</head>\n<body>\n";
    head(&mut out, document);
    let _ = write!(out, "<main>\n<h1>{title}</h1>\n");
    let mut breaks = false;
    for block in &document.blocks {
        breaks = self::block(&mut out, document, block, breaks);
    }
    out += "</main>\n</body>\n</html>\n";
    out
}

fn head(out: &mut String, document: &Document) {
    let letter = &document.letter;
    *out += "<header>\n";
    if let Some(logo) = &letter.logo {
        let alt = document.logo_alt();
        let _ = writeln!(out, "<p><img src=\"{}\" alt=\"{}\"></p>", data_url(logo), xml(&alt));
    }
    if !letter.organisation.is_empty() {
        let _ = writeln!(out, "<p><strong>{}</strong></p>", xml(&letter.organisation));
    }
    let _ = writeln!(out, "<p>{}</p>", document.kind());
    let head = document.head();
    if !head.is_empty() {
        *out += "<dl>\n";
        for (name, value) in head {
            let _ = writeln!(out, "<dt>{name}</dt><dd>{}</dd>", xml(value));
        }
        *out += "</dl>\n";
    }
    *out += "</header>\n";
}

fn data_url(logo: &Logo) -> String {
    let kind = if logo.is_jpeg { "jpeg" } else { "png" };
    format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(&logo.bytes))
}

/// Writes a block; whether the next begins on a new page.
fn block(out: &mut String, document: &Document, block: &Block, breaks: bool) -> bool {
    match block {
        Block::Heading { level, text } => {
            let page = if breaks { " class=\"page\"" } else { "" };
            let _ = writeln!(out, "<h{level}{page}>{}</h{level}>", xml(text));
        }
        Block::Paragraph { text, style } => {
            let class = match style {
                Style::Body => "",
                Style::Lead => " class=\"lead\"",
                Style::Note => " class=\"note\"",
                Style::Blank => " class=\"blank\"",
            };
            let _ = writeln!(out, "<p{class}>{}</p>", lines(text));
        }
        Block::List(items) => {
            *out += "<ul>\n";
            for item in items {
                let _ = writeln!(out, "<li>{}</li>", lines(item));
            }
            *out += "</ul>\n";
        }
        Block::Table(table) => self::table(out, document, table),
        Block::Figure(figure) => self::figure(out, document, figure),
        Block::PageBreak => return true,
    }
    false
}

/// A text with its line breaks.
fn lines(text: &str) -> String {
    text.split('\n').map(xml).collect::<Vec<_>>().join("<br>")
}

fn table(out: &mut String, document: &Document, table: &Table) {
    let (word, number, caption) = (document.table_word(), table.number, xml(&table.caption));
    let class = |at: usize| {
        if table.numeric.get(at) == Some(&true) { " class=\"number\"" } else { "" }
    };
    // A region that scrolls can be reached and is named for who does not see it.
    let _ = write!(
        out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{word} {number}. {caption}\">\n<table id=\"table-{number}\" data-table=\"{}\">\n<caption>{word} {number}. {caption}</caption>\n<thead><tr>",
        table.id
    );
    for (at, head) in table.head.iter().enumerate() {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", class(at), lines(head));
    }
    *out += "</tr></thead>\n<tbody>\n";
    for row in &table.rows {
        *out += "<tr>";
        for (at, cell) in row.iter().enumerate() {
            let cell = if at == 0 {
                format!("<th scope=\"row\">{}</th>", lines(cell))
            } else {
                // What no line of a table holds may break anywhere.
                let is_long = cell.split_whitespace().any(|word| word.chars().count() > 28);
                let class = if is_long { " class=\"long\"" } else { class(at) };
                format!("<td{class}>{}</td>", lines(cell))
            };
            out.push_str(&cell);
        }
        *out += "</tr>\n";
    }
    *out += "</tbody>\n</table>\n</div>\n";
}

fn figure(out: &mut String, document: &Document, figure: &Figure) {
    let (word, number) = (document.figure_word(), figure.number);
    // Every picture has names of its own, so that none is cut out by another's frame.
    let own = format!("f{number}-");
    let svg = figure.svg.replace(" id=\"", &format!(" id=\"{own}")).replace("url(#", &format!("url(#{own}"));
    let svg = svg.replacen("role=\"img\"", &format!("role=\"img\" aria-label=\"{}\"", xml(&figure.alt)), 1);
    let _ = write!(
        out,
        "<figure>\n{svg}<figcaption>{word} {number}. {}</figcaption>\n</figure>\n",
        xml(&figure.caption)
    );
}
