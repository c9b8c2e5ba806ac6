//! What can a hand say of a feature of a file?

use crate::geometry::LonLat;
use crate::lang::{Lang, Said};
use crate::model::{Evidence, Fact, FindingKind, KindSet, LeftOut, Settled, SiteId};

/// A change of a feature by hand.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    Place(LonLat, Evidence),
    Name(String, Evidence),
    Kinds(KindSet, Evidence),
    /// An attribute by its id; `None` takes the hand's value back.
    Fact(String, Option<Fact>),
    /// Leaves it out of every figure.
    LeaveOut(LeftOut, Evidence),
    /// It counts again.
    CountAgain,
    /// A finding was looked at: the file is right.
    Settle(Settled),
    /// A finding has to be looked at again.
    Unsettle(FindingKind, Option<SiteId>),
    /// Takes back everything that hands said of it.
    Reset,
}

impl Said for Change {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Place(..) => lang.pick("flytta", "move"),
            Self::Name(..) | Self::Kinds(..) | Self::Fact(..) => {
                lang.pick("rätta uppgift", "correct attribute")
            }
            Self::LeaveOut(LeftOut::Dropped, _) => lang.pick("ta bort plats", "drop place"),
            Self::LeaveOut(LeftOut::SameAs(_), _) => lang.pick("slå ihop platser", "merge places"),
            Self::CountAgain => lang.pick("räkna med plats igen", "count place again"),
            Self::Settle(_) => lang.pick("behåll som det är", "keep as it is"),
            Self::Unsettle(..) => lang.pick("granska igen", "look at again"),
            Self::Reset => lang.pick("ta tillbaka rättelser", "take back corrections"),
        }
        .into()
    }
}
