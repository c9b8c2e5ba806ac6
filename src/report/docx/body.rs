//! What stands in a Word file? The head of the letter, then the blocks of the report.

use std::io;

use super::media::Media;
use super::words::Words;
use crate::report::document::{Block, Document, Figure, Style, Table, logo_points};

/// Units of drawings for a point of print.
const EMU: f64 = 12_700.0;

/// The width of the text between the margins: twentieths of a point, and points.
const WIDE: usize = 9_356;
const WIDE_POINTS: f64 = 467.8;

/// What a drawing that is a picture is called.
const GRAPHIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// The part `document.xml`.
pub fn document(document: &Document, media: &[Media]) -> io::Result<String> {
    let mut words = Words::new();
    words.within("w:document", &NAMESPACES, |words| {
        words.within("w:body", &[], |words| {
            head(words, document, media)?;
            words.paragraph("Title", |words| words.run(&document.title, false))?;
            let mut breaks = false;
            for one in &document.blocks {
                breaks = block(words, document, media, one, breaks)?;
            }
            section(words)
        })
    })?;
    Ok(words.into_text())
}

/// Which relation a picture has.
fn relation(media: &[Media], name: &str) -> String {
    let at = media.iter().position(|one| one.name == name).unwrap_or(0);
    format!("rIdMedia{}", at + 1)
}

fn head(words: &mut Words, document: &Document, media: &[Media]) -> io::Result<()> {
    let letter = &document.letter;
    if let Some(logo) = &letter.logo {
        let name = if logo.is_jpeg { "logo.jpg" } else { "logo.png" };
        let alt = document.logo_alt();
        let relation = relation(media, name);
        words
            .paragraph("Header", |words| picture(words, 1000, &relation, [&alt, name], logo_points(logo)))?;
    }
    // The name on the left, what it is and of when on the right.
    let mut rows: Vec<String> = vec![document.kind().to_owned()];
    rows.extend(document.head().into_iter().map(|(name, value)| format!("{name}: {value}")));
    for (at, row) in rows.iter().enumerate() {
        let left = if at == 0 { letter.organisation.as_str() } else { "" };
        words.paragraph("Header", |words| {
            words.run(left, true)?;
            words.run(&format!("\t{row}"), at == 0)
        })?;
    }
    Ok(())
}

/// Writes a block; whether the next begins on a new page.
fn block(
    words: &mut Words,
    document: &Document,
    media: &[Media],
    block: &Block,
    breaks: bool,
) -> io::Result<bool> {
    match block {
        Block::Heading { level, text } => words.within("w:p", &[], |words| {
            let style = format!("Heading{}", level - 1);
            words.within("w:pPr", &[], |words| {
                words.empty("w:pStyle", &[("w:val", &style)])?;
                if breaks { words.empty("w:pageBreakBefore", &[]) } else { Ok(()) }
            })?;
            words.run(text, false)
        })?,
        Block::Paragraph { text, style } => {
            let style = match style {
                Style::Body => "BodyText",
                Style::Lead => "Lead",
                Style::Note => "Note",
                Style::Blank => "Blank",
            };
            words.paragraph(style, |words| words.run(text, false))?;
        }
        Block::List(items) => {
            for item in items {
                words.paragraph("ListBullet", |words| words.run(item, false))?;
            }
        }
        Block::Table(table) => self::table(words, document, table)?,
        Block::Figure(figure) => self::figure(words, document, media, figure)?,
        Block::PageBreak => return Ok(true),
    }
    Ok(false)
}

fn table(words: &mut Words, document: &Document, table: &Table) -> io::Result<()> {
    let word = document.table_word();
    words.within("w:p", &[], |words| {
        words.within("w:pPr", &[], |words| {
            words.empty("w:pStyle", &[("w:val", "Caption")])?;
            words.empty("w:keepNext", &[])
        })?;
        words.run(&format!("{word} "), false)?;
        words.counted(word, table.number)?;
        words.run(&format!(". {}", table.caption), false)
    })?;
    let widths = widths(table);
    words.within("w:tbl", &[], |words| {
        words.within("w:tblPr", &[], |words| {
            words.empty("w:tblStyle", &[("w:val", "SotplanTable")])?;
            words.empty("w:tblW", &[("w:w", &WIDE.to_string()), ("w:type", "dxa")])?;
            words.empty("w:tblLayout", &[("w:type", "fixed")])?;
            let look = [("w:val", "04A0"), ("w:firstRow", "1"), ("w:lastRow", "0"), ("w:firstColumn", "1")];
            words.empty("w:tblLook", &look)?;
            words.empty("w:tblCaption", &[("w:val", &table.caption)])
        })?;
        words.within("w:tblGrid", &[], |words| {
            widths.iter().try_for_each(|wide| words.empty("w:gridCol", &[("w:w", &wide.to_string())]))
        })?;
        row(words, table, &table.head, &widths, true)?;
        table.rows.iter().try_for_each(|cells| row(words, table, cells, &widths, false))
    })?;
    // Between two tables there is a paragraph, or Word makes one of them.
    words.paragraph("AfterTable", |_| Ok(()))
}

fn row(
    words: &mut Words,
    table: &Table,
    cells: &[String],
    widths: &[usize],
    is_head: bool,
) -> io::Result<()> {
    words.within("w:tr", &[], |words| {
        words.within("w:trPr", &[], |words| {
            words.empty("w:cantSplit", &[])?;
            if is_head { words.empty("w:tblHeader", &[]) } else { Ok(()) }
        })?;
        for (at, wide) in widths.iter().enumerate() {
            let text = cells.get(at).map_or("", String::as_str);
            words.within("w:tc", &[], |words| {
                words.within("w:tcPr", &[], |words| {
                    words.empty("w:tcW", &[("w:w", &wide.to_string()), ("w:type", "dxa")])
                })?;
                words.within("w:p", &[], |words| {
                    words.within("w:pPr", &[], |words| {
                        words.empty("w:pStyle", &[("w:val", "TableText")])?;
                        if is_head {
                            // Never at the foot of a page without a row.
                            words.empty("w:keepNext", &[])?;
                        }
                        let is_right = table.numeric.get(at) == Some(&true);
                        if is_right { words.empty("w:jc", &[("w:val", "right")]) } else { Ok(()) }
                    })?;
                    words.run(text, is_head)
                })
            })?;
        }
        Ok(())
    })
}

/// The widths of the columns, twentieths of a point.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a part of a page")]
fn widths(table: &Table) -> Vec<usize> {
    let points = crate::report::columns::widths(table, WIDE_POINTS, 9.0, 12.0);
    let mut widths: Vec<usize> = points.iter().map(|points| (points * 20.0) as usize).collect();
    let sum: usize = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += WIDE.saturating_sub(sum);
    }
    widths
}

fn figure(words: &mut Words, document: &Document, media: &[Media], figure: &Figure) -> io::Result<()> {
    let name = format!("figure{}.png", figure.number);
    let relation = relation(media, &name);
    let scale = (WIDE_POINTS / figure.size[0]).min(1.0);
    let size = figure.size.map(|side| side * scale);
    words.within("w:p", &[], |words| {
        words.within("w:pPr", &[], |words| {
            words.empty("w:pStyle", &[("w:val", "Figure")])?;
            words.empty("w:keepNext", &[])
        })?;
        picture(words, figure.number, &relation, [&figure.alt, &name], size)
    })?;
    let word = document.figure_word();
    words.paragraph("Caption", |words| {
        words.run(&format!("{word} "), false)?;
        words.counted(word, figure.number)?;
        words.run(&format!(". {}", figure.caption), false)
    })
}

/// A picture in the line, with its alternative text.
#[expect(clippy::cast_possible_truncation, reason = "a part of a page")]
fn picture(
    words: &mut Words,
    id: usize,
    relation: &str,
    [alt, name]: [&str; 2],
    size: [f64; 2],
) -> io::Result<()> {
    let [wide, high] = size.map(|points| ((points * EMU) as i64).to_string());
    let (id, extent) = (id.to_string(), [("cx", wide.as_str()), ("cy", high.as_str())]);
    words.within("w:r", &[], |words| {
        words.within("w:drawing", &[], |words| {
            let around = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
            words.within("wp:inline", &around, |words| {
                words.empty("wp:extent", &extent)?;
                words.empty("wp:docPr", &[("id", &id), ("name", name), ("descr", alt)])?;
                words.within("a:graphic", &[], |words| {
                    words.within("a:graphicData", &[("uri", GRAPHIC)], |words| {
                        words.within("pic:pic", &[], |words| {
                            words.within("pic:nvPicPr", &[], |words| {
                                words.empty("pic:cNvPr", &[("id", &id), ("name", name), ("descr", alt)])?;
                                words.empty("pic:cNvPicPr", &[])
                            })?;
                            words.within("pic:blipFill", &[], |words| {
                                words.empty("a:blip", &[("r:embed", relation)])?;
                                words.within("a:stretch", &[], |words| words.empty("a:fillRect", &[]))
                            })?;
                            words.within("pic:spPr", &[], |words| {
                                words.within("a:xfrm", &[], |words| {
                                    words.empty("a:off", &[("x", "0"), ("y", "0")])?;
                                    words.empty("a:ext", &extent)
                                })?;
                                words.within("a:prstGeom", &[("prst", "rect")], |words| {
                                    words.empty("a:avLst", &[])
                                })
                            })
                        })
                    })
                })
            })
        })
    })
}

/// The page: A4, with a foot.
fn section(words: &mut Words) -> io::Result<()> {
    words.within("w:sectPr", &[], |words| {
        words.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rIdFooter")])?;
        words.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        let margins = [
            ("w:top", "1134"),
            ("w:right", "1275"),
            ("w:bottom", "1134"),
            ("w:left", "1275"),
            ("w:header", "567"),
            ("w:footer", "567"),
            ("w:gutter", "0"),
        ];
        words.empty("w:pgMar", &margins)
    })
}
