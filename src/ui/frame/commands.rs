//! What can be done at any time without saying more? Every action without arguments, and every step.

use egui::KeyboardShortcut;

use crate::lang::{Lang, Said};
use crate::say;
use crate::ui::action::{Action, Simple};
use crate::ui::icons::Icon;
use crate::ui::steps::{STEPS, Step};

/// Something to do by its name or its keys.
#[derive(Clone, Copy)]
pub enum Entry {
    Do(Simple),
    Open(&'static Step),
}

/// Everything, in the order of the list; leaving stands last.
pub fn all() -> impl Iterator<Item = Entry> {
    let leaves = |action: &Simple| *action == Simple::Quit;
    let stays = Simple::ALL.into_iter().filter(move |action| !leaves(action));
    let steps = STEPS.into_iter().map(Entry::Open);
    stays.map(Entry::Do).chain(steps).chain([Entry::Do(Simple::Quit)])
}

impl Entry {
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Do(action) => action.icon(),
            Self::Open(step) => step.icon,
        }
    }

    #[must_use]
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        match self {
            Self::Do(action) => action.shortcut(),
            Self::Open(step) => Some(step.shortcut()),
        }
    }

    /// All keys that do it.
    pub fn shortcuts(self) -> impl Iterator<Item = KeyboardShortcut> {
        let other = match self {
            Self::Do(action) => action.other_shortcut(),
            Self::Open(_) => None,
        };
        self.shortcut().into_iter().chain(other)
    }

    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Do(action) => Action::Do(action),
            Self::Open(step) => Action::Step(step.id),
        }
    }
}

impl Said for Entry {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Do(action) => action.said(lang),
            Self::Open(step) => {
                let name = step.name(lang);
                say!(lang, "Steg: {name}", "Step: {name}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_entries_have_the_same_keys_or_the_same_name() {
        let entries: Vec<Entry> = all().collect();
        for (at, one) in entries.iter().enumerate() {
            for other in &entries[at + 1..] {
                assert!(one.shortcut().is_none() || one.shortcut() != other.shortcut());
                assert!(one.shortcuts().all(|keys| other.shortcuts().all(|others| others != keys)));
                for lang in [Lang::Sv, Lang::En] {
                    assert_ne!(one.said(lang), other.said(lang));
                }
            }
        }
    }
}
