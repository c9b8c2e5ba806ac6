//! How is XML read a feature at a time? Each wanted element whole, with what lies in it; no entity is expanded but the
//! five of XML, and nothing is nested deep.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::model::Message;
use crate::progress::Cancelled;

/// Elements within each other; deeper is nothing that matters.
const DEEPEST: usize = 64;

/// An element with what lies in it. Names are without prefix.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub inner: Vec<Element>,
    /// What the nearest element around it that has a name is called.
    pub within: Option<String>,
}

impl Element {
    /// The first element in it of a name.
    pub fn first(&self, name: &str) -> Option<&Self> {
        self.inner.iter().find(|inner| inner.name == name)
    }

    /// All elements in it of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.inner.iter().filter(move |inner| inner.name == name)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Its text, where it says something.
    pub fn said(&self) -> Option<&str> {
        Some(self.text.trim()).filter(|text| !text.is_empty())
    }
}

/// Why reading stopped.
pub(super) enum Stop {
    Cancelled(Cancelled),
    Xml(Message),
}

impl From<Cancelled> for Stop {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

/// The text of a file, in the encoding that its first bytes or its declaration say.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, Message> {
    let of_mark = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declared = start.split("?>").next().filter(|start| start.trim_start().starts_with("<?xml"));
    let declared = declared.and_then(|start| start.split("encoding=").nth(1));
    let declared = declared.and_then(|rest| rest.split(['"', '\'']).nth(1));
    let unknown = |label: &str| {
        Message::new(
            format!("teckenkodningen ”{label}” som filen anger känns inte igen. Spara den som UTF-8"),
            format!("the encoding “{label}” that the file names is not known. Save it as UTF-8"),
        )
    };
    let encoding = match (of_mark, declared) {
        (Some(encoding), _) => encoding,
        (None, Some(label)) => Encoding::for_label(label.as_bytes()).ok_or_else(|| unknown(label))?,
        (None, None) => UTF_8,
    };
    let (text, encoding, is_unclear) = encoding.decode(bytes);
    if is_unclear {
        let name = encoding.name();
        return Err(Message::new(
            format!("texten är inte {name}, som den ska vara. Spara filen som UTF-8"),
            format!("the text is not {name}, as it should be. Save the file as UTF-8"),
        ));
    }
    Ok(text)
}

/// Hands over each element of the wanted names, outside of which others may lie.
pub(super) fn elements(
    text: &str,
    wanted: &[&str],
    mut take: impl FnMut(Element) -> Result<(), Cancelled>,
) -> Result<(), Stop> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    // What is read into: the wanted element's place among those open.
    let mut from: Option<usize> = None;
    loop {
        let at = reader.buffer_position();
        let event = reader.read_event().map_err(|error| broken(at, &error.to_string()))?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(broken(at, "nested too deep"));
                }
                let element = begun(&start, at)?;
                if from.is_none() && wanted.contains(&element.name.as_str()) {
                    from = Some(open.len());
                }
                open.push(element);
            }
            Event::Empty(start) => {
                let element = begun(&start, at)?;
                closed(element, &mut open, &mut from, wanted, &mut take)?;
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    closed(element, &mut open, &mut from, wanted, &mut take)?;
                }
            }
            Event::Text(part) => push(&mut open, &String::from_utf8_lossy(&part)),
            Event::CData(part) => push(&mut open, &String::from_utf8_lossy(&part)),
            Event::GeneralRef(name) => {
                let sign = name.resolve_char_ref().ok().flatten().map(String::from);
                let named = || resolve_predefined_entity(&String::from_utf8_lossy(&name)).map(str::to_owned);
                push(&mut open, &sign.or_else(named).unwrap_or_default());
            }
            Event::Eof if open.is_empty() => return Ok(()),
            Event::Eof => return Err(broken(at, "the file ends too early")),
            _ => {}
        }
    }
}

/// Puts an element where it belongs: to its taker, or into the one around it.
fn closed(
    mut element: Element,
    open: &mut [Element],
    from: &mut Option<usize>,
    wanted: &[&str],
    take: &mut impl FnMut(Element) -> Result<(), Cancelled>,
) -> Result<(), Stop> {
    let is_wanted = *from == Some(open.len()) || (from.is_none() && wanted.contains(&element.name.as_str()));
    if is_wanted {
        *from = None;
        element.within = open.iter().rev().find_map(|around| Some(around.first("name")?.said()?.to_owned()));
        return Ok(take(element)?);
    }
    // Outside of what is wanted only names matter.
    if let Some(around) = open.last_mut().filter(|_| from.is_some() || element.name == "name") {
        around.inner.push(element);
    }
    Ok(())
}

fn push(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn begun(start: &BytesStart<'_>, at: u64) -> Result<Element, Stop> {
    let local = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| broken(at, &error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|error| broken(at, &error.to_string()))?;
        attributes.push((local(attribute.key.local_name().as_ref()), value.into_owned()));
    }
    Ok(Element { name: local(start.local_name().as_ref()), attributes, ..Element::default() })
}

fn broken(at: u64, said: &str) -> Stop {
    Stop::Xml(Message::new(
        format!("filen är inte hel XML vid byte {at} ({said}), så objekt kan saknas. Exportera den på nytt"),
        format!(
            "the file is not sound XML at byte {at} ({said}), so features may be missing. Export it again"
        ),
    ))
}
