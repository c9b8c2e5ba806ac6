//! What stands where on which page? Things to draw, laid out but not drawn, and the tree of what they mean.

use crate::scene::letters::Weight;
use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, TableHeaderScope, Tag, TagKind};
use resvg::usvg::Tree;

/// Something to draw.
pub enum Thing {
    Text {
        at: [f64; 2],
        text: String,
        points: f64,
        weight: Weight,
        colour: [u8; 3],
    },
    Svg {
        at: [f64; 2],
        size: [f64; 2],
        tree: Box<Tree>,
    },
    Image {
        at: [f64; 2],
        size: [f64; 2],
        bytes: Vec<u8>,
        is_jpeg: bool,
    },
    /// A filled box: a rule or a ground.
    Box {
        at: [f64; 2],
        size: [f64; 2],
        colour: [u8; 3],
    },
}

/// A thing on a page, and whether it means something.
pub struct Item {
    pub page: usize,
    pub thing: Thing,
    pub is_meant: bool,
}

/// What things mean.
#[derive(Debug, Clone)]
pub enum Meaning {
    Title(String),
    Heading(u8, String),
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    Head,
    Body,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Caption,
    Figure(String),
}

impl Meaning {
    pub fn tag(&self) -> TagKind {
        match self {
            Self::Title(text) => Tag::Hn(level(1), Some(text.clone())).into(),
            Self::Heading(at, text) => Tag::Hn(level(*at), Some(text.clone())).into(),
            Self::Paragraph => Tag::P.into(),
            Self::List => Tag::L(ListNumbering::Disc).into(),
            Self::ListItem => Tag::LI.into(),
            Self::Label => Tag::Lbl.into(),
            Self::ListBody => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Head => Tag::THead.into(),
            Self::Body => Tag::TBody.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
            Self::RowHead => Tag::TH(TableHeaderScope::Row).into(),
            Self::Cell => Tag::TD.into(),
            Self::Caption => Tag::Caption.into(),
            Self::Figure(alt) => Tag::Figure(Some(alt.clone())).into(),
        }
    }
}

/// A part of the tree: what it means, and the things and parts in it.
pub struct Part {
    pub meaning: Meaning,
    pub children: Vec<Child>,
    /// Where it begins: page, and points from above.
    pub begins: (usize, f64),
}

pub enum Child {
    Item(usize),
    Part(Part),
}

impl Part {
    pub const fn new(meaning: Meaning, begins: (usize, f64)) -> Self {
        Self { meaning, children: Vec::new(), begins }
    }
}

/// The level of a heading.
fn level(level: u8) -> NonZeroU16 {
    NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN)
}
