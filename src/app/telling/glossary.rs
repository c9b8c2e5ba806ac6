//! What does a term mean, how is it computed, and what is its technical name? One plain sentence each, for tooltips and
//! "Så räknades detta".

use crate::lang::{Lang, Said};

/// A term that figures stand under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    Within,
    Beyond,
    WithoutValue,
    Mean,
    Median,
    P90,
    Farthest,
    Gap,
    Threshold,
    DetourFactor,
    Speed,
    ClosureEffect,
    PersonKm,
    PeopleWithin,
    NearestFor,
    GapPeople,
    MinimumLevel,
    Verdict,
    Countryside,
    TestSite,
    Catchment,
}

impl Term {
    pub const ALL: [Self; 21] = [
        Self::Within,
        Self::Beyond,
        Self::WithoutValue,
        Self::Mean,
        Self::Median,
        Self::P90,
        Self::Farthest,
        Self::Gap,
        Self::Threshold,
        Self::DetourFactor,
        Self::Speed,
        Self::ClosureEffect,
        Self::PersonKm,
        Self::PeopleWithin,
        Self::NearestFor,
        Self::GapPeople,
        Self::MinimumLevel,
        Self::Verdict,
        Self::Countryside,
        Self::TestSite,
        Self::Catchment,
    ];

    /// What it is called by those who compute it.
    #[must_use]
    pub const fn technical(self) -> &'static str {
        match self {
            Self::Within => "coverage, d ≤ T",
            Self::Beyond => "uncovered demand, d > T",
            Self::WithoutValue => "unreachable demand",
            Self::Mean => "population-weighted mean",
            Self::Median => "population-weighted P50",
            Self::P90 => "population-weighted P90",
            Self::Farthest => "maximum",
            Self::Gap => "connected uncovered cells (8 neighbours)",
            Self::Threshold => "service standard T",
            Self::DetourFactor => "detour index (circuity)",
            Self::Speed => "mean speed",
            Self::ClosureEffect => "interdiction of one facility",
            Self::PersonKm => "demand-weighted distance",
            Self::PeopleWithin => "cumulative opportunity",
            Self::GapPeople => "marginal coverage",
            Self::MinimumLevel | Self::Verdict => "M1–M9",
            Self::Countryside => "access to a locality by car",
            Self::TestSite => "candidate facility",
            Self::NearestFor | Self::Catchment => "allocation to the nearest facility",
        }
    }

    /// One plain sentence.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "texts: one for each term, in two languages")]
    pub const fn plain(self, lang: Lang) -> &'static str {
        match self {
            Self::Within => lang.pick(
                "Så många har högst gränsen till den närmaste; exakt på gränsen räknas som inom.",
                "So many have at most the threshold to the nearest; exactly at it counts as within.",
            ),
            Self::Beyond => lang.pick(
                "Så många har längre än gränsen till den närmaste. De som inte når någon räknas för sig.",
                "So many have farther than the threshold to the nearest. Those who reach none are counted apart.",
            ),
            Self::WithoutValue => lang.pick(
                "För dem kan inget avstånd beräknas, till exempel för att ingen väg finns nära.",
                "For them no distance can be computed, for instance because no road is near.",
            ),
            Self::Mean => lang.pick(
                "Summan av allas avstånd delad med antalet invånare.",
                "Everybody's distance added up and divided by the number of people.",
            ),
            Self::Median => lang.pick(
                "Hälften av invånarna har högst så långt, hälften längre.",
                "Half of the people have at most this far, half farther.",
            ),
            Self::P90 => lang.pick(
                "Nio av tio invånare har högst så långt.",
                "Nine in ten people have at most this far.",
            ),
            Self::Farthest => lang.pick(
                "Avståndet från den bebodda ruta som har längst.",
                "The distance of the populated cell that is farthest away.",
            ),
            Self::Gap => lang.pick(
                "Rutor bortom gränsen som hänger ihop, även i hörnen, räknas som en lucka.",
                "Cells beyond the threshold that touch, corners included, count as one gap.",
            ),
            Self::Threshold => lang.pick(
                "Det längsta godtagbara avståndet. Ändrar du det räknas alla siffror om.",
                "The longest acceptable distance. Change it and all figures are recalculated.",
            ),
            Self::DetourFactor => lang.pick(
                "Hur mycket längre vägen antas vara än fågelvägen; 1,3 är ett antagande som du kan ändra.",
                "How much longer the road is taken to be than the straight line; 1.3 is an assumption that you can change.",
            ),
            Self::Speed => lang.pick(
                "Räknar om kilometer till minuter där inga vägar är inlästa; ett antagande.",
                "Turns kilometres into minutes where no roads are loaded; an assumption.",
            ),
            Self::ClosureEffect => lang.pick(
                "Alla som har den som närmast åker i stället till den näst närmaste; skillnaden räknas.",
                "Everybody who has it as nearest goes to the second nearest instead; the difference is counted.",
            ),
            Self::PersonKm => lang.pick(
                "En person en kilometer längre, enkel väg, är en personkilometer.",
                "One person going one kilometre farther, one way, is one person-kilometre.",
            ),
            Self::PeopleWithin => lang.pick(
                "Så många bor inom avståndet från platsen, även de som har en annan närmare.",
                "So many live within the distance of the place, also those who have another one nearer.",
            ),
            Self::NearestFor => lang.pick(
                "För så många är den den närmaste av sin typ.",
                "For so many it is the nearest of its kind.",
            ),
            Self::GapPeople => lang.pick(
                "Så många har i dag ingen SOT-punkt inom gränsen men skulle få det med en punkt här.",
                "So many have no SOT point within the threshold today, but would have with one here.",
            ),
            Self::MinimumLevel => lang.pick(
                "De nio regler som en butik ska klara för att kunna vara SOT-punkt; det som är okänt är en fråga, inte ett nej.",
                "The nine rules that a store has to meet to be a SOT point; what is unknown is a question, not a no.",
            ),
            Self::Verdict => lang.pick(
                "Vad de nio reglerna säger tillsammans; en okänd uppgift kan aldrig ge ett ja.",
                "What the nine rules say together; an unknown fact can never give a yes.",
            ),
            Self::Countryside => lang.pick(
                "Invånare grupperade efter hur långt det är med bil till en tätort.",
                "People grouped by how far it is by car to a locality.",
            ),
            Self::TestSite => lang.pick(
                "En plats som du provar: dra den på kartan och se vad den skulle betyda.",
                "A place that you try: drag it on the map and see what it would mean.",
            ),
            Self::Catchment => lang.pick(
                "De rutor som har platsen som närmast.",
                "The cells that have the place as nearest.",
            ),
        }
    }
}

impl Said for Term {
    /// The sentence, then the technical name.
    fn said(&self, lang: Lang) -> String {
        let technical = self.technical();
        match lang {
            Lang::Sv => format!("{}\nFackterm: {technical}", self.plain(lang)),
            Lang::En => format!("{}\nTechnical term: {technical}", self.plain(lang)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_is_one_sentence_or_two_in_both_languages() {
        for term in Term::ALL {
            let [sv, en] = [Lang::Sv, Lang::En].map(|lang| term.plain(lang));
            assert_ne!(sv, en);
            for text in [sv, en] {
                assert!(text.ends_with('.') && text.len() < 180, "{text}");
            }
            assert!(!term.technical().is_empty());
        }
    }
}
