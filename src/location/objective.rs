//! What is a plan good for? Each objective is a row of answers; whoever asks about objectives asks here.
//! Does not know how plans are searched.

use crate::lang::{Lang, Said};

/// What a plan is good for. The order is that of lists of objectives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Objective {
    /// Least total travel: the sum of weight × cost to the nearest chosen site.
    PMedian,
    /// Most demand with a chosen site within the cutoff (maximal covering location problem).
    Mclp,
    /// Fewest sites that leave nobody without one within the cutoff (location set covering problem).
    Lscp,
    /// Least worst travel: the greatest cost to the nearest chosen site.
    PCenter,
    /// Most demand with two chosen sites within the cutoff.
    Backup,
    /// Most demand served within the cutoff by sites with limited capacity; demand may be split.
    Capacitated,
}

/// What the value of a plan counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The sum of weight × cost. Less is better, and all who can be reached must be served.
    WeightedCost,
    /// The greatest cost of anybody. Less is better, and all who can be reached must be served.
    GreatestCost,
    /// The number of sites. Less is better, and all who can be reached must be served.
    Sites,
    /// The weight served. More is better.
    Weight,
}

/// The answers of one objective.
struct Row {
    objective: Objective,
    /// The stable name on the command line and in files.
    id: &'static str,
    counted: Counted,
    /// How many sites must serve a demand point before it counts as served.
    sites_needed: u8,
    /// Do sites serve no more weight than they have capacity for?
    has_capacities: bool,
    /// May the worth of a site fall with the cost of getting there?
    may_decay: bool,
    /// Does the question mean nothing without a cutoff?
    needs_cutoff: bool,
    words: Words,
}

/// An objective in the words of people who do not plan for a living: each in Swedish and English.
struct Words {
    /// As one of a list.
    said: [&'static str; 2],
    /// What it does, in a sentence.
    explained: [&'static str; 2],
    /// What follows "Which 9 places"; `{cutoff}` is how far one may have.
    goal: [&'static str; 2],
}

/// A row that counts something, one site for each demand point, without cutoff, capacities and decay.
const fn row(objective: Objective, id: &'static str, counted: Counted, words: Words) -> Row {
    Row {
        objective,
        id,
        counted,
        sites_needed: 1,
        has_capacities: false,
        may_decay: false,
        needs_cutoff: false,
        words,
    }
}

/// In the order of the variants.
const ROWS: [Row; 6] = [
    row(
        Objective::PMedian,
        "p-median",
        Counted::WeightedCost,
        Words {
            said: ["minst resande för alla", "least total travel for everyone"],
            explained: [
                "Summan av allas väg till närmaste valda plats blir så liten som möjligt.",
                "The sum of everyone's way to the nearest chosen place becomes as small as possible.",
            ],
            goal: [
                "gör att alla tillsammans reser så lite som möjligt",
                "let everyone together travel as little as possible",
            ],
        },
    ),
    Row {
        needs_cutoff: true,
        may_decay: true,
        ..row(
            Objective::Mclp,
            "mclp",
            Counted::Weight,
            Words {
                said: ["flest människor inom gränsen", "most people within the threshold"],
                explained: [
                    "Så många människor som möjligt får en vald plats inom gränsen (maximal täckning).",
                    "As many people as possible get a chosen place within the threshold (maximal covering).",
                ],
                goal: [
                    "ger så många som möjligt högst {cutoff} till närmaste plats",
                    "bring as many people as possible within {cutoff} of a place",
                ],
            },
        )
    },
    Row {
        needs_cutoff: true,
        ..row(
            Objective::Lscp,
            "lscp",
            Counted::Sites,
            Words {
                said: ["så få platser som möjligt som når alla", "fewest sites that reach everyone"],
                explained: [
                    "Så få platser som möjligt når alla som går att nå inom gränsen (fullständig täckning).",
                    "As few places as possible reach everyone who can be reached within the threshold (set covering).",
                ],
                goal: [
                    "räcker, så få som möjligt, för att alla som går att nå ska ha högst {cutoff} till närmaste plats",
                    "be the fewest that bring everyone who can be reached within {cutoff}",
                ],
            },
        )
    },
    row(
        Objective::PCenter,
        "p-center",
        Counted::GreatestCost,
        Words {
            said: ["kortast väg för den som har längst", "least worst travel"],
            explained: [
                "Den som har längst får så kort väg som möjligt.",
                "The one who has it farthest gets as short a way as possible.",
            ],
            goal: [
                "ger den som har längst så kort väg som möjligt",
                "give the one who has it farthest as short a way as possible",
            ],
        },
    ),
    Row {
        needs_cutoff: true,
        sites_needed: 2,
        ..row(
            Objective::Backup,
            "backup",
            Counted::Weight,
            Words {
                said: [
                    "flest människor med två platser inom gränsen",
                    "most people with two sites within the threshold",
                ],
                explained: [
                    "Så många som möjligt får två valda platser inom gränsen, om den ena faller bort.",
                    "As many as possible get two chosen places within the threshold, should one fail.",
                ],
                goal: [
                    "ger så många som möjligt två platser inom {cutoff}",
                    "give as many people as possible two places within {cutoff}",
                ],
            },
        )
    },
    Row {
        has_capacities: true,
        ..row(
            Objective::Capacitated,
            "capacitated",
            Counted::Weight,
            Words {
                said: [
                    "flest människor som platsernas kapacitet räcker till",
                    "most people whom the sites have capacity for",
                ],
                explained: [
                    "Så många som möjligt betjänas av platser med begränsad kapacitet.",
                    "As many as possible are served by places with limited capacity.",
                ],
                goal: [
                    "räcker till så många människor som möjligt",
                    "have room for as many people as possible",
                ],
            },
        )
    },
];

impl Objective {
    pub const ALL: [Self; ROWS.len()] = {
        let mut all = [Self::PMedian; ROWS.len()];
        let mut at = 0;
        while at < ROWS.len() {
            all[at] = ROWS[at].objective;
            at += 1;
        }
        all
    };

    const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    /// The stable name on the command line and in files.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.row().id
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|objective| objective.id() == text)
    }

    /// What the value of a plan counts.
    #[must_use]
    pub const fn counted(self) -> Counted {
        self.row().counted
    }

    /// Is more better?
    #[must_use]
    pub const fn is_maximised(self) -> bool {
        matches!(self.counted(), Counted::Weight)
    }

    /// Must everyone who can be reached be served?
    #[must_use]
    pub const fn serves_everyone(self) -> bool {
        !self.is_maximised()
    }

    /// Is the number of sites what is asked for? Then no limit is needed, and a limit is the most that is allowed.
    #[must_use]
    pub const fn counts_sites(self) -> bool {
        matches!(self.counted(), Counted::Sites)
    }

    /// How many sites must serve a demand point before it counts as served.
    #[must_use]
    pub const fn sites_needed(self) -> u8 {
        self.row().sites_needed
    }

    /// Do sites serve no more weight than they have capacity for?
    #[must_use]
    pub const fn has_capacities(self) -> bool {
        self.row().has_capacities
    }

    /// May the worth of a site fall with the cost of getting there?
    #[must_use]
    pub const fn may_decay(self) -> bool {
        self.row().may_decay
    }

    /// Does the question mean nothing without a cutoff?
    #[must_use]
    pub const fn needs_cutoff(self) -> bool {
        self.row().needs_cutoff
    }

    /// What it does, in a sentence.
    #[must_use]
    pub const fn explained(self, lang: Lang) -> &'static str {
        let [sv, en] = self.row().words.explained;
        lang.pick(sv, en)
    }

    /// What follows "Which 9 places" in a question, where nobody may have farther than `cutoff`.
    #[must_use]
    pub fn goal(self, cutoff: &str, lang: Lang) -> String {
        let [sv, en] = self.row().words.goal;
        lang.pick(sv, en).replace("{cutoff}", cutoff)
    }
}

impl Said for Objective {
    fn said(&self, lang: Lang) -> String {
        let [sv, en] = self.row().words.said;
        lang.pick(sv, en).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_variants() {
        for (at, objective) in Objective::ALL.into_iter().enumerate() {
            assert_eq!(objective as usize, at);
            assert_eq!(Objective::parse(objective.id()), Some(objective));
        }
    }
}
