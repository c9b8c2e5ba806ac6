//! Which corrections of features differ? Place, name, kinds, facts, what is left out, what was looked at; each with its
//! evidence.

use super::difference::Difference;
use crate::app::command::{Change, Command};
use crate::geometry::LonLat;
use crate::lang::{Lang, Said};

use crate::model::{Amendment, Evidence, Fact, LeftOut, Message, Project, SiteId, attribute};

/// Every correction that the other project has otherwise, or alone.
pub fn differences(mine: &Project, theirs: &Project) -> Vec<Difference> {
    let empty = Amendment::default();
    let mut out = Vec::new();
    for (site, said) in theirs.amendments.iter() {
        let own = mine.amendments.get(site).unwrap_or(&empty);
        let of = Of { site, place: place_name(mine, theirs, site) };
        of.place(own, said, &mut out);
        of.name(own, said, &mut out);
        of.kinds(own, said, &mut out);
        of.facts(&own.facts, &said.facts, &mut out);
        of.left_out(mine, theirs, [own, said], &mut out);
        of.settled(own, said, &mut out);
    }
    out
}

/// What a place is called, here or there.
pub fn place_name(mine: &Project, theirs: &Project, site: &SiteId) -> String {
    mine.site_name(site).or_else(|| theirs.site_name(site)).unwrap_or_else(|| site.text())
}

/// Both languages of something that says itself.
pub fn both(said: impl Fn(Lang) -> String) -> Message {
    Message::new(said(Lang::Sv), said(Lang::En))
}

/// A text that is the same in both languages.
pub fn text(text: &str) -> Message {
    Message::new(text, text)
}

/// A value with what it rests on.
fn with_evidence(value: impl Fn(Lang) -> String, evidence: &Evidence) -> Message {
    both(|lang| {
        let evidence = evidence.said(lang);
        if evidence.is_empty() { value(lang) } else { format!("{} ({evidence})", value(lang)) }
    })
}

/// A place in degrees.
pub fn said_place(place: LonLat) -> String {
    format!("{:.5}, {:.5}", place.lat, place.lon)
}

/// The site whose corrections are compared.
pub struct Of<'a> {
    pub site: &'a SiteId,
    pub place: String,
}

impl Of<'_> {
    fn push(
        &self,
        out: &mut Vec<Difference>,
        what: Message,
        [mine, theirs]: [Option<Message>; 2],
        change: Change,
    ) {
        let Some(theirs) = theirs else { return };
        out.push(Difference {
            place: self.place.clone(),
            what,
            mine,
            theirs,
            taken: vec![Command::Amend(self.site.clone(), change)],
            beside: Vec::new(),
        });
    }

    fn place(&self, mine: &Amendment, theirs: &Amendment, out: &mut Vec<Difference>) {
        let Some((place, evidence)) = theirs.place.clone().filter(|_| theirs.place != mine.place) else {
            return;
        };
        let said = |said: &Option<(LonLat, Evidence)>| {
            said.as_ref().map(|(place, evidence)| with_evidence(|_| said_place(*place), evidence))
        };
        let values = [said(&mine.place), said(&theirs.place)];
        self.push(out, Message::new("läge", "position"), values, Change::Place(place, evidence));
    }

    fn name(&self, mine: &Amendment, theirs: &Amendment, out: &mut Vec<Difference>) {
        let Some((name, evidence)) = theirs.name.clone().filter(|_| theirs.name != mine.name) else { return };
        let said = |said: &Option<(String, Evidence)>| {
            said.as_ref().map(|(name, evidence)| with_evidence(|_| name.clone(), evidence))
        };
        let values = [said(&mine.name), said(&theirs.name)];
        self.push(out, Message::new("namn", "name"), values, Change::Name(name, evidence));
    }

    fn kinds(&self, mine: &Amendment, theirs: &Amendment, out: &mut Vec<Difference>) {
        let Some((kinds, evidence)) = theirs.kinds.clone().filter(|_| theirs.kinds != mine.kinds) else {
            return;
        };
        let said = |of: &Amendment| {
            of.kinds.as_ref().map(|(kinds, evidence)| with_evidence(|lang| kinds.said(lang), evidence))
        };
        let values = [said(mine), said(theirs)];
        self.push(
            out,
            Message::new("slag av service", "kind of service"),
            values,
            Change::Kinds(kinds, evidence),
        );
    }

    /// Facts by attribute; also those of a service that a hand added.
    pub fn facts(
        &self,
        mine: &std::collections::BTreeMap<String, Fact>,
        theirs: &std::collections::BTreeMap<String, Fact>,
        out: &mut Vec<Difference>,
    ) {
        for (id, fact) in theirs.iter().filter(|(id, fact)| mine.get(*id) != Some(fact)) {
            let known = attribute(id);
            let what = both(|lang| known.map_or_else(|| id.clone(), |known| known.label(lang).to_owned()));
            let said = |fact: &Fact| {
                let value = |lang: Lang| {
                    let value =
                        known.map_or_else(|| fact.value.to_text(), |known| known.say(&fact.value, lang));
                    if fact.note.is_empty() { value } else { format!("{value}: {}", fact.note) }
                };
                with_evidence(value, &fact.evidence)
            };
            let values = [mine.get(id).map(said), Some(said(fact))];
            self.push(out, what, values, Change::Fact(id.clone(), Some(fact.clone())));
        }
    }

    fn left_out(
        &self,
        mine: &Project,
        theirs: &Project,
        [own, said]: [&Amendment; 2],
        out: &mut Vec<Difference>,
    ) {
        let Some((how, evidence)) = said.left_out.clone().filter(|_| said.left_out != own.left_out) else {
            return;
        };
        let words = |of: &Amendment| {
            of.left_out.as_ref().map(|(how, evidence)| {
                with_evidence(
                    |lang| match how {
                        LeftOut::Dropped => lang.pick("borttagen", "dropped").to_owned(),
                        LeftOut::SameAs(site) => {
                            let name = place_name(mine, theirs, site);
                            format!("{} {name}", lang.pick("samma plats som", "the same place as"))
                        }
                    },
                    evidence,
                )
            })
        };
        let values = [words(own), words(said)];
        self.push(
            out,
            Message::new("räknas inte", "does not count"),
            values,
            Change::LeaveOut(how, evidence),
        );
    }

    fn settled(&self, mine: &Amendment, theirs: &Amendment, out: &mut Vec<Difference>) {
        for settled in &theirs.settled {
            if mine.settles(settled.finding, settled.other.as_ref()).is_some() {
                continue;
            }
            let what = both(|lang| settled.finding.said(lang));
            let kept = |lang: Lang| lang.pick("granskad, behålls", "looked at, kept").to_owned();
            let values = [None, Some(with_evidence(kept, &settled.evidence))];
            self.push(out, what, values, Change::Settle(settled.clone()));
        }
    }
}
