//! Which assumptions are others there? Parameters one by one, and how places are compared; mine stay unless chosen.

use super::amended::both;
use super::difference::Difference;
use crate::app::command::Command;
use crate::app::information::{Apart, apart};
use crate::app::ranking::RankingChange;
use crate::model::{Message, Project};

/// Every assumption that the other project makes otherwise.
pub fn differences(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let of_one = |one: Apart| {
        let ([own, other], [_, value]) = (one.values, one.written);
        Difference {
            place: String::new(),
            what: one.name,
            mine: Some(own),
            theirs: other,
            taken: vec![Command::SetAssumption(one.id, value)],
            beside: Vec::new(),
        }
    };
    let mut out: Vec<Difference> =
        apart(&mine.parameters, &theirs.parameters).into_iter().map(of_one).collect();
    if mine.ranking != theirs.ranking {
        let said =
            both(|lang| lang.pick("egna vikter och gränser", "weights and limits of their own").to_owned());
        out.push(Difference {
            place: String::new(),
            what: Message::new("hur platser jämförs", "how places are compared"),
            mine: Some(Message::new("mina vikter och gränser", "my weights and limits")),
            theirs: said,
            taken: vec![Command::Rank(RankingChange::Set(Box::new((*theirs.ranking).clone())))],
            beside: Vec::new(),
        });
    }
    out
}
