//! Of what does the process consist? Entry questions, the seven steps with their checks, functions of people, outcomes:
//! each with its id in files and its words in both languages.

use crate::lang::{Lang, Said};

/// An enumeration whose variants have an id and words in both languages.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident: $id:literal, $sv:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[serde(rename = $id)] $variant,)*
        }

        impl $name {
            const COUNT: usize = [$(Self::$variant),*].len();
            /// In the order they are shown in.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$variant),*];

            /// The stable name in files.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }

            /// Reads an id.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.id() == id)
            }
        }

        impl Said for $name {
            fn said(&self, lang: Lang) -> String {
                match self {
                    $(Self::$variant => lang.pick($sv, $en),)*
                }
                .into()
            }
        }
    };
}

named! {
    /// Asked before anything else.
    Question {
        Municipality: "municipality", "Är kommunen intresserad?", "Is the municipality interested?";
        Store: "store", "Är butiken intresserad?", "Is the store interested?";
        Village: "village", "Är byn intresserad?", "Is the village interested?";
    }
}

named! {
    /// What was answered. Unknown is neither a yes nor a no.
    Answer {
        Unknown: "unknown", "vet inte", "unknown";
        Yes: "yes", "ja", "yes";
        No: "no", "nej", "no";
    }
}

named! {
    /// A step of the process, in its order.
    ProcessStep {
        Support: "support", "Förankring", "Support";
        Procurement: "procurement", "Upphandling", "Procurement";
        Requirements: "requirements", "Kravställning", "Requirements";
        Construction: "construction", "Byggnation", "Construction";
        Digging: "digging", "Grävarbete", "Digging";
        Agreements: "agreements", "Avtal", "Agreements";
        Evaluation: "evaluation", "Uppföljning", "Evaluation";
    }
}

named! {
    /// How far a step has come.
    StepState {
        Unknown: "unknown", "inget noterat", "nothing noted";
        NotStarted: "not_started", "ej påbörjat", "not started";
        UnderWay: "under_way", "pågår", "under way";
        Done: "done", "klart", "done";
        NotNeeded: "not_needed", "behövs inte", "not needed";
    }
}

impl StepState {
    /// Nothing of it is left to do.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::NotNeeded)
    }
}

named! {
    /// What is ticked off within a step.
    Check {
        BuildingPermit: "building_permit", "Bygglov beviljat", "Building permit granted";
        FuelCistern: "fuel_cistern", "Drivmedelscistern anmäld", "Fuel cistern notified";
        RescueService: "rescue_service", "Räddningstjänsten informerad", "Rescue service informed";
        Cables: "cables", "Ledningar kontrollerade", "Cables checked";
        WaterAndSewer: "water_and_sewer", "Vatten och avlopp kontrollerade", "Water and sewer checked";
        PropertyOwner: "property_owner", "Avtal med fastighetsägaren", "Agreement with the property owner";
        StoreAgreement: "store", "Avtal med butiken", "Agreement with the store";
        Association: "association", "Avtal med föreningen", "Agreement with the association";
    }
}

impl Check {
    /// The step it belongs to.
    #[must_use]
    pub const fn step(self) -> ProcessStep {
        match self {
            Self::BuildingPermit | Self::FuelCistern | Self::RescueService => ProcessStep::Construction,
            Self::Cables | Self::WaterAndSewer => ProcessStep::Digging,
            Self::PropertyOwner | Self::StoreAgreement | Self::Association => ProcessStep::Agreements,
        }
    }

    /// Those of a step.
    pub fn of(step: ProcessStep) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |check| check.step() == step)
    }
}

named! {
    /// How it stands with a check.
    CheckState {
        Open: "open", "återstår", "open";
        Done: "done", "klar", "done";
        NotNeeded: "not_needed", "behövs inte", "not needed";
    }
}

named! {
    /// What somebody is for the place.
    Function {
        Operator: "operator", "Driftansvarig", "Operator";
        Deputy: "deputy", "Ersättare", "Deputy";
        Municipality: "municipality", "Kommunens kontakt", "Municipality's contact";
        Store: "store", "Butiken", "Store";
        PropertyOwner: "property_owner", "Fastighetsägare", "Property owner";
        Association: "association", "Förening", "Association";
        RescueService: "rescue_service", "Räddningstjänsten", "Rescue service";
        CountyBoard: "county_board", "Länsstyrelsen", "County administrative board";
        Other: "other", "Annan", "Other";
    }
}

named! {
    /// How often a cost comes.
    Frequency {
        Once: "once", "engångskostnad", "one-off";
        Yearly: "yearly", "per år", "a year";
    }
}

named! {
    /// What a SOT point gives.
    Outcome {
        Warmth: "warmth", "Värme", "Warmth";
        Information: "information", "Information", "Information";
        Communication: "communication", "Kommunikation", "Communication";
        Food: "food", "Livsmedel", "Food";
        Fuel: "fuel", "Drivmedel", "Fuel";
        SocialContacts: "social_contacts", "Sociala kontakter", "Social contacts";
        Safety: "safety", "Trygghet", "Safety";
        Cooperation: "cooperation", "Samverkan offentlig–privat–ideell", "Cooperation public–private–voluntary";
        EverydayLife: "everyday_life", "En fungerande vardag", "Everyday life that works";
        Awareness: "awareness", "Ökad krismedvetenhet", "More crisis awareness";
        Presence: "presence", "Samhällets närvaro", "Presence of society";
        Money: "money", "Kontanter och betalningar", "Cash and payments";
        Relief: "relief", "Avlastning för systemet", "Relief for the system";
    }
}

named! {
    /// What is known of an outcome.
    OutcomeState {
        Unknown: "unknown", "okänt", "unknown";
        Promised: "promised", "utlovat", "promised";
        Shown: "shown", "visat", "shown";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_three_questions_seven_steps_and_thirteen_outcomes_and_each_check_has_its_step() {
        assert_eq!((Question::ALL.len(), ProcessStep::ALL.len(), Outcome::ALL.len()), (3, 7, 13));
        let listed: usize = ProcessStep::ALL.into_iter().map(|step| Check::of(step).count()).sum();
        assert_eq!(listed, Check::ALL.len());
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_id(outcome.id()), Some(outcome));
            assert_eq!(serde_json::to_value(outcome).ok(), Some(outcome.id().into()));
        }
    }
}
