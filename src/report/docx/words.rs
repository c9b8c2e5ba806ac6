//! How are the elements of a Word file written? Each function one of them; the library escapes texts.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// A part being written.
pub struct Words(Writer<Vec<u8>>);

type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Words {
    pub const fn new() -> Self {
        Self(Writer::new(Vec::new()))
    }

    fn start(name: &str, attributes: Attributes<'_>) -> BytesStart<'static> {
        let mut start = BytesStart::new(name.to_owned());
        for attribute in attributes {
            start.push_attribute(*attribute);
        }
        start.into_owned()
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(Self::start(name, attributes)))
    }

    /// An element with what a function writes in it.
    pub fn within(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        inner: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.0.write_event(Event::Start(Self::start(name, attributes)))?;
        inner(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name.to_owned())))
    }

    /// A run of text; its line breaks stay, and what XML cannot hold is left out.
    pub fn run(&mut self, text: &str, is_bold: bool) -> io::Result<()> {
        self.within("w:r", &[], |words| {
            if is_bold {
                words.within("w:rPr", &[], |words| words.empty("w:b", &[]))?;
            }
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    words.empty("w:br", &[])?;
                }
                for (at, part) in line.split('\t').enumerate() {
                    if at > 0 {
                        words.empty("w:tab", &[])?;
                    }
                    let is_held =
                        |letter: &char| *letter >= ' ' && !matches!(letter, '\u{fffe}' | '\u{ffff}');
                    let clean: String = part.chars().filter(is_held).collect();
                    words.within("w:t", &[("xml:space", "preserve")], |words| {
                        words.0.write_event(Event::Text(BytesText::new(&clean)))
                    })?;
                }
            }
            Ok(())
        })
    }

    /// A number that Word counts itself, as it is now. In runs of its own, so that every reader has it in the text.
    pub fn counted(&mut self, what: &str, number: usize) -> io::Result<()> {
        self.mark("begin")?;
        self.within("w:r", &[], |words| {
            words.within("w:instrText", &[("xml:space", "preserve")], |words| {
                words.0.write_event(Event::Text(BytesText::new(&format!(" SEQ {what} \\* ARABIC "))))
            })
        })?;
        self.mark("separate")?;
        self.run(&number.to_string(), false)?;
        self.mark("end")
    }

    /// A border of a field.
    fn mark(&mut self, kind: &str) -> io::Result<()> {
        self.within("w:r", &[], |words| words.empty("w:fldChar", &[("w:fldCharType", kind)]))
    }

    /// A paragraph of a style.
    pub fn paragraph(
        &mut self,
        style: &str,
        inner: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        self.within("w:p", &[], |words| {
            words.within("w:pPr", &[], |words| words.empty("w:pStyle", &[("w:val", style)]))?;
            inner(words)
        })
    }

    pub fn into_text(self) -> String {
        let text = String::from_utf8(self.0.into_inner()).unwrap_or_default();
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{text}")
    }
}
