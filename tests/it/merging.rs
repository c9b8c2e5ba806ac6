//! Does the work of two copies come together, and is nothing of either lost untold?

use std::sync::Arc;

use proptest::prelude::*;
use sotplan::app::command::{Change, Command};
use sotplan::app::following::{FollowChange, Item};
use sotplan::app::merging::{Choice, compare};
use sotplan::app::outage::OutageChange;
use sotplan::geometry::LonLat;
use sotplan::lang::{Lang, Said as _};
use sotplan::model::outage::{LoadList, OutageAssumptions, Preset, Range};
use sotplan::model::process::{DatedNote, LogEntry, Logged, When, logs_together};
use sotplan::model::{AddedService, Evidence, LayerId, Project, SiteId, TrialId, TrialPoint};

use crate::commands::{config, start, state, written};
use crate::following::{sot, store};

fn done(project: &Project, commands: &[Command]) -> Project {
    commands.iter().fold(project.clone(), |project, command| command.apply(&project))
}

/// Everything of a place is still said, as it was said.
fn holds_all_of(whole: &Project, part: &Project) -> Result<(), String> {
    for (site, said) in part.amendments.iter() {
        let own = whole.amendments.get(site).ok_or_else(|| format!("{site:?} is lost"))?;
        let kept =
            |is_kept: bool, what: &str| is_kept.then_some(()).ok_or_else(|| format!("{what} of {site:?}"));
        kept(said.place.is_none() || own.place == said.place, "place")?;
        kept(said.name.is_none() || own.name == said.name, "name")?;
        kept(said.kinds.is_none() || own.kinds == said.kinds, "kinds")?;
        kept(said.left_out.is_none() || own.left_out == said.left_out, "left out")?;
        kept(said.facts.iter().all(|(id, fact)| own.facts.get(id) == Some(fact)), "facts")?;
        kept(said.settled.iter().all(|one| own.settled.contains(one)), "settled")?;
    }
    for (site, follow) in part.follows.iter() {
        let own = whole.follows.get(site).ok_or_else(|| format!("{site:?} is not followed"))?;
        let mut mine = own.clone();
        if let Some(left) = mine.take_in(follow.clone()) {
            // Steps are told field by field: what is noted has to be noted.
            let is_kept = left.status.is_none()
                && left.owner.is_empty()
                && left.questions.is_empty()
                && left.outcomes.is_empty();
            if !is_kept {
                return Err(format!("{left:?} of {site:?}"));
            }
        }
        let lists = mine.people.len() == own.people.len()
            && mine.notes.len() == own.notes.len()
            && mine.documents.len() == own.documents.len()
            && mine.agreements.len() == own.agreements.len()
            && mine.costs.len() == own.costs.len();
        if !lists {
            return Err(format!("an item of {site:?}"));
        }
    }
    let lacks = |what: &str| Err(format!("{what} is lost"));
    if !part.added.iter().all(|one| whole.added.iter().any(|other| says_all_of(other, one))) {
        return lacks("an added service");
    }
    if !part.trials.iter().all(|one| whole.trials.contains(one)) {
        return lacks("a test site");
    }
    if !part.closures.iter().all(|one| whole.closures.contains(one)) {
        return lacks("a closure");
    }
    if !part.plans.scenarios.iter().all(|one| whole.plans.scenarios.contains(one)) {
        return lacks("a plan");
    }
    holds_outages_of(whole, part)?;
    if !part.selected.is_subset(&whole.selected) || !part.closed_services.is_subset(&whole.closed_services) {
        return lacks("a choice");
    }
    if !part.bookmarks.iter().all(|one| whole.bookmarks.contains(one)) {
        return lacks("a bookmark");
    }
    let is_assumed = whole.outages.assumptions == part.outages.assumptions;
    (whole.parameters == part.parameters && whole.ranking == part.ranking && is_assumed)
        .then_some(())
        .ok_or("assumptions".into())
}

/// Is it the service, perhaps with facts of the other copy beside its own?
fn says_all_of(whole: &AddedService, part: &AddedService) -> bool {
    let has_facts = part.facts.iter().all(|(id, fact)| whole.facts.get(id) == Some(fact));
    AddedService { facts: whole.facts.clone(), ..part.clone() } == *whole && has_facts
}

fn holds_outages_of(whole: &Project, part: &Project) -> Result<(), String> {
    let (all, own) = (&whole.outages, &part.outages);
    let lost = own.scenarios.iter().find(|one| !all.scenarios.contains(*one)).map(|one| one.name.clone());
    let lost = lost.or_else(|| {
        let machines = own.loads.iter().find(|(site, list)| all.loads.get(*site) != Some(*list));
        machines.map(|(site, _)| site.text())
    });
    lost.map_or(Ok(()), |lost| Err(format!("of outages {lost}")))
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn a_merge_of_two_copies_loses_nothing(
        common in prop::collection::vec(written(), 0..20),
        here in prop::collection::vec(written(), 0..40),
        there in prop::collection::vec(written(), 0..40),
    ) {
        let base = distinct(&done(&start(), &common));
        let (mine, theirs) = (distinct(&done(&base, &here)), distinct(&done(&base, &there)));
        let merge = compare(&mine, &theirs);
        // As proposed: mine is all there, and of theirs what is not taken is what mine says otherwise.
        let merged = merge.command(&merge.standard()).map_or_else(|| mine.clone(), |command| command.apply(&mine));
        prop_assert_eq!(holds_all_of(&merged, &mine), Ok(()));
        let left = compare(&merged, &theirs);
        prop_assert!(left.differences.iter().all(|one| one.standard() == Choice::Mine), "{:?}", left.differences);
        // All of theirs: nothing of theirs is left.
        let all = vec![Choice::Theirs; merge.differences.len()];
        let taken = merge.command(&all).map_or_else(|| mine.clone(), |command| command.apply(&mine));
        prop_assert_eq!(compare(&taken, &theirs).differences.len(), 0);
        // Mine alone: nothing happens.
        prop_assert!(merge.command(&vec![Choice::Mine; merge.differences.len()]).is_none());
        // A copy beside itself.
        prop_assert_eq!(compare(&mine, &mine).differences.len(), 0);
    }
}

/// Random commands add several things of one number; a window never does.
fn distinct(project: &Project) -> Project {
    let mut next = project.clone();
    let once = |ids: Vec<u32>| {
        let mut seen = std::collections::BTreeSet::new();
        ids.into_iter().map(|id| seen.insert(id)).collect::<Vec<bool>>()
    };
    macro_rules! keep_first {
        ($list:expr, $id:expr) => {{
            let mut keep = once($list.iter().map($id).collect()).into_iter();
            let mut list = Vec::clone(&$list);
            list.retain(|_| keep.next().unwrap_or(true));
            $list = Arc::new(list);
        }};
    }
    keep_first!(next.added, |one| one.id);
    keep_first!(next.trials, |one| one.id.0);
    keep_first!(next.closures, |one| one.id);
    let mut plans = (*next.plans).clone();
    let mut keep = once(plans.scenarios.iter().map(|one| one.id).collect()).into_iter();
    plans.scenarios.retain(|_| keep.next().unwrap_or(true));
    next.plans = Arc::new(plans);
    next
}

fn trial(id: u32, name: &str, lon: f64) -> Command {
    Command::AddTrial(TrialPoint { id: TrialId(id), name: name.into(), place: LonLat::new(lon, 63.0) })
}

fn note(number: u32, text: &str) -> FollowChange {
    let date = When::parse("2026-11-29").expect("a day");
    FollowChange::Note(Item::Set(number, DatedNote { date, who: "Eva".into(), text: text.into() }))
}

#[test]
fn what_only_one_wrote_is_taken_and_what_both_wrote_is_asked() {
    let base = start();
    let hallen = sot("Hallen");
    let name = |name: &str| Command::Amend(store(), Change::Name(name.into(), Evidence::default()));
    let mine = done(&base, &[name("Lanthandeln"), Command::Follow(hallen.clone(), note(1, "mitt"))]);
    let owner = FollowChange::Owner("Anna".into());
    let theirs = done(
        &base,
        &[
            name("Handlar'n"),
            Command::Follow(hallen.clone(), note(1, "deras")),
            Command::Follow(hallen.clone(), owner),
        ],
    );
    let merge = compare(&mine, &theirs);
    let of = |what: &str| merge.differences.iter().find(|one| one.what.said(Lang::En) == what).expect("told");
    assert_eq!(merge.differences.len(), 3);
    assert_eq!(of("name").mine.as_ref().expect("said here").said(Lang::Sv), "Lanthandeln (ingen uppgift)");
    assert_eq!(of("name").standard(), Choice::Mine);
    assert_eq!(of("note").standard(), Choice::Both);
    assert_eq!(of("owner of the place").standard(), Choice::Theirs);
    let merged = merge.command(&merge.standard()).expect("two are taken").apply(&mine);
    let follow = merged.follow(&hallen).expect("followed");
    let notes: Vec<&str> = follow.notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!((notes, follow.owner.as_str()), (vec!["mitt", "deras"], "Anna"));
    assert_eq!(merged.site_name(&store()).as_deref(), Some("Lanthandeln"));
}

#[test]
fn outages_of_the_other_copy_are_taken_and_none_is_lost() {
    let base = start();
    let outage = |id, preset: Preset| {
        let scenario = preset.scenario(id, Lang::Sv);
        Command::Outage(OutageChange::Keep(Box::new(scenario)))
    };
    let assume = |hours: f64| {
        let assumed = OutageAssumptions::default().with("own_power_h", Range::exactly(hours));
        Command::Outage(OutageChange::Assume(Box::new(assumed)))
    };
    let machines = |site, tank| {
        let assumed = sotplan::model::PowerAssumptions { tank_litres: Some(tank), ..Default::default() };
        let list = LoadList { loads: Vec::new(), assumed };
        Command::Outage(OutageChange::Loads(site, Some(Box::new(list))))
    };
    let mine = done(
        &base,
        &[outage(1, Preset::Storm24), outage(2, Preset::Ice72), assume(48.0), machines(sot("Hallen"), 500.0)],
    );
    // The same storm, another scenario under a number that is taken here, and other words of one place.
    let theirs = done(
        &base,
        &[
            outage(1, Preset::Week168),
            outage(2, Preset::Storm24),
            machines(sot("Hallen"), 900.0),
            machines(sot("Kall"), 300.0),
        ],
    );
    let merge = compare(&mine, &theirs);
    let merged = merge.command(&merge.standard()).expect("something is taken").apply(&mine);
    let names: Vec<(u32, &str)> =
        merged.outages.scenarios.iter().map(|one| (one.id, one.name.as_str())).collect();
    assert_eq!(names, [(1, "Storm, 24 timmar"), (2, "Isstorm, 72 timmar"), (3, "Krisvecka, 168 timmar")]);
    assert_eq!(merged.outages.assumptions, mine.outages.assumptions, "what both said is asked");
    let tank = |project: &Project, name: &str| {
        project.outages.loads.get(&sot(name)).and_then(|list| list.assumed.tank_litres)
    };
    assert_eq!((tank(&merged, "Hallen"), tank(&merged, "Kall")), (Some(500.0), Some(300.0)));
    let all = vec![Choice::Theirs; merge.differences.len()];
    let taken = merge.command(&all).expect("theirs").apply(&mine);
    assert_eq!(taken.outages.scenarios, merged.outages.scenarios, "mine stay");
    assert_eq!(taken.outages.assumptions, theirs.outages.assumptions);
    assert_eq!(tank(&taken, "Hallen"), Some(900.0));
    assert_eq!(compare(&taken, &theirs).differences.len(), 0);
}

#[test]
fn test_sites_of_one_number_that_are_others_stand_beside_each_other() {
    let base = start();
    let select = |id| Command::Select { site: SiteId::Trial(TrialId(id)), is_selected: true };
    let mine = done(&base, &[trial(1, "Norr", 14.0)]);
    let theirs = done(&base, &[trial(1, "Söder", 15.0), select(1)]);
    let merge = compare(&mine, &theirs);
    let merged = merge.command(&merge.standard()).expect("theirs").apply(&mine);
    let names: Vec<(u32, &str)> = merged.trials.iter().map(|one| (one.id.0, one.name.as_str())).collect();
    assert_eq!(names, [(1, "Norr"), (2, "Söder")]);
    // What was said of theirs is said of it under its new number.
    assert_eq!(merged.selected.iter().collect::<Vec<_>>(), [&SiteId::Trial(TrialId(2))]);
}

#[test]
fn layers_under_other_numbers_are_known_by_their_content_and_absent_ones_let_edits_wait() {
    let base = start();
    let SiteId::Feature { layer, key } = store() else { panic!("a feature") };
    let owner = Command::Follow(store(), FollowChange::Owner("Anna".into()));
    let mut theirs = done(&base, &[owner]);
    // The same file as layer 77 there.
    let moved = SiteId::Feature { layer: LayerId(77), key };
    theirs = theirs.renamed(&[(store(), moved)].into());
    for known in &mut theirs.layers {
        if known.id == layer {
            Arc::make_mut(known).id = LayerId(77);
        }
    }
    let merge = compare(&base, &theirs);
    let merged = merge.command(&merge.standard()).expect("the owner").apply(&base);
    assert_eq!(merged.follow(&store()).map(|follow| follow.owner.as_str()), Some("Anna"));
    // Without the layer here the note waits.
    let without = Command::RemoveLayer(layer).apply(&base);
    let merge = compare(&without, &theirs);
    assert_eq!(merge.without.len(), 1);
    let merged = merge.command(&merge.standard()).expect("what waits").apply(&without);
    assert_eq!(merged.held.len(), 1);
    assert_eq!(merged.held[0].follow.as_ref().map(|follow| follow.owner.as_str()), Some("Anna"));
    assert_eq!(compare(&merged, &theirs).differences.len(), 0, "a second time nothing is new");
}

#[test]
fn logs_come_together_in_the_order_of_their_times() {
    let entry = |at: &str, who: &str| {
        Arc::new(LogEntry {
            at: at.into(),
            who: who.into(),
            logged: Logged::Done,
            what: ["ändra".into(), "change".into()],
            place: String::new(),
        })
    };
    let mine = [entry("2026-11-01", "Eva"), entry("2026-11-03", "Eva")];
    let theirs = [entry("2026-11-02", "Anna"), entry("2026-11-03", "Anna")];
    let together = logs_together(&mine, &theirs);
    let order: Vec<(&str, &str)> = together.iter().map(|one| (one.at.as_str(), one.who.as_str())).collect();
    let wanted =
        [("2026-11-01", "Eva"), ("2026-11-02", "Anna"), ("2026-11-03", "Eva"), ("2026-11-03", "Anna")];
    assert_eq!(order, wanted);
    let base = start();
    let merge = Command::Merge { name: "kopia".into(), commands: Vec::new(), log: theirs.to_vec() };
    let merged = merge.apply(&Project { log: Arc::new(mine.to_vec()), ..base.clone() });
    assert_eq!(merged.log.len(), 4);
    assert_eq!(state(&merged), state(&base), "the log alone has changed");
}
