//! Which place is the form of reserve power about, what does its list come to, and how does a change of it become an edit?

use egui::Id;

use crate::app::command::Command;
use crate::app::outage::OutageChange;
use crate::app::sizing::{candidate_at, list_at, sized};
use crate::lang::{Said as _, capital};
use crate::model::outage::LoadList;
use crate::model::{Message, SiteId};
use crate::power::Sizing;
use crate::siting::Candidate;
use crate::ui::action::Action;
use crate::ui::context::Cx;

/// The place that the form is about.
pub(super) struct Place<'a> {
    pub site: SiteId,
    pub name: String,
    /// A test site is none: it bears no facts.
    pub candidate: Option<&'a Candidate>,
    pub list: LoadList,
    pub sizing: Result<Sizing, Message>,
}

impl<'a> Place<'a> {
    /// `None` where there is no such place any more.
    pub fn of(cx: &Cx<'a>, site: &SiteId) -> Option<Self> {
        let project = cx.session.project();
        let candidate = cx.results().and_then(|results| candidate_at(site, results));
        let name = match site {
            SiteId::Trial(id) => project.trials.iter().find(|trial| trial.id == *id)?.name.clone(),
            _ => candidate?.name.clone(),
        };
        let list = list_at(site, project, cx.results());
        let sizing = sized(&list);
        Some(Self { site: site.clone(), name, candidate, list, sizing })
    }
}

/// A change of the list: by the widget that is typed in or dragged, or at once.
pub(super) struct Edited {
    pub by: Option<Id>,
    pub list: LoadList,
}

impl Edited {
    pub fn at_once(list: LoadList) -> Self {
        Self { by: None, list }
    }

    pub fn action(self, site: &SiteId) -> Action {
        let list = Some(self.list).filter(|list| *list != LoadList::default());
        let command = Command::Outage(OutageChange::Loads(site.clone(), list.map(Box::new)));
        match self.by {
            Some(id) => Action::EditBy(id, command),
            None => Action::Edit(command),
        }
    }
}

/// Why nothing can be sized, and what to do.
pub(super) fn what_is_missing(cx: &Cx<'_>, place: &Place<'_>, fault: &Message) -> String {
    let lang = cx.lang;
    if place.list.loads.is_empty() {
        return lang
            .pick(
                "Inga maskiner ännu: börja med en lista, läs in en eller lägg till dem en i taget.",
                "No machines yet: begin with a list, read one or add them one by one.",
            )
            .into();
    }
    capital(&fault.said(lang))
}
