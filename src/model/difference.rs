//! What is new, gone, moved or changed between two deliveries of a file? Features are paired by id where what they
//! are called or where they stand agrees, then by name and place, then by a name that only one has.

use std::collections::BTreeMap;

use rstar::RTree;
use rustc_hash::FxHashMap;

use super::recognise::{folded, name_of};
use super::{Feature, FeatureTable};
use crate::geometry::{Located, PlanePoint, positions};
use crate::units::Metres;

/// As far apart two features stand at one place.
const SAME_PLACE_M: f64 = 1.0;

/// How two tables of one subject differ; features by their position in each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Difference {
    /// In the later table only.
    pub new: Vec<usize>,
    /// In the earlier table only.
    pub gone: Vec<usize>,
    /// Earlier, later, and how far between, the farthest first.
    pub moved: Vec<(usize, usize, Metres)>,
    /// Where they stood, with other values in a column that both have.
    pub changed: Vec<(usize, usize)>,
    /// As they were.
    pub same: usize,
}

/// What a feature is known by.
struct Known<'a> {
    id: Option<&'a str>,
    name: Option<String>,
    feature: &'a Feature,
}

fn known(table: &FeatureTable) -> Vec<Known<'_>> {
    let known = |feature| {
        let name = name_of(table.row(feature)).map(|name| folded(&name));
        Known { id: feature.id.as_deref(), name, feature }
    };
    table.features.iter().map(known).collect()
}

impl Difference {
    /// The difference between an earlier table and a later one.
    #[must_use]
    pub fn between(earlier: &FeatureTable, later: &FeatureTable) -> Self {
        let (old, new) = (known(earlier), known(later));
        let pairs = paired(&old, &new);
        let mut out = Self::default();
        let mut is_taken = vec![false; new.len()];
        for (at, pair) in pairs.iter().enumerate() {
            let Some(to) = *pair else {
                out.gone.push(at);
                continue;
            };
            is_taken[to] = true;
            let apart = distance(old[at].feature, new[to].feature);
            if apart > SAME_PLACE_M {
                out.moved.push((at, to, Metres::new(apart)));
            } else if is_changed(earlier, old[at].feature, later, new[to].feature) {
                out.changed.push((at, to));
            } else {
                out.same += 1;
            }
        }
        out.new = (0..new.len()).filter(|at| !is_taken[*at]).collect();
        out.moved.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
        out
    }

    /// Is nothing different?
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.moved.is_empty() && self.changed.is_empty()
    }
}

fn distance(a: &Feature, b: &Feature) -> f64 {
    (a.point.e - b.point.e).hypot(a.point.n - b.point.n)
}

/// The later feature of each earlier one; each later one at most once.
fn paired(old: &[Known<'_>], new: &[Known<'_>]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; old.len()];
    let mut is_taken = vec![false; new.len()];
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, one) in new.iter().enumerate() {
        if let Some(id) = one.id {
            by_id.insert(id, at);
        }
    }
    // An id that stands at another place under another name is somebody else's by now.
    for (at, one) in old.iter().enumerate() {
        let found = one.id.and_then(|id| by_id.get(id).copied());
        let agrees = |to: &usize| {
            new[*to].name == one.name && one.name.is_some()
                || distance(new[*to].feature, one.feature) <= SAME_PLACE_M
        };
        if let Some(to) = found.filter(agrees) {
            (pairs[at], is_taken[to]) = (Some(to), true);
        }
    }
    at_one_place(old, new, &mut pairs, &mut is_taken);
    by_lone_name(old, new, &mut pairs, &is_taken);
    pairs
}

/// Pairs what stands at one place: of the same name first, then of any; the first that is left.
///
/// # Complexity
/// Of those at one position only the first that is left is looked at, once for each that asks.
fn at_one_place(old: &[Known<'_>], new: &[Known<'_>], pairs: &mut [Option<usize>], is_taken: &mut [bool]) {
    let points: Vec<PlanePoint> = new.iter().map(|one| one.feature.point).collect();
    let (positions, position_of) = positions(&points);
    let located = (0u32..).zip(&positions).map(|(at, point)| Located::new(*point, at));
    let tree = RTree::bulk_load(located.collect());
    for is_named in [true, false] {
        let name_of = |one: &Known<'_>| one.name.clone().filter(|_| is_named);
        // Those that are left at a position under a name, the first last.
        let mut left: FxHashMap<(usize, Option<String>), Vec<usize>> = FxHashMap::default();
        for (to, one) in new.iter().enumerate().rev().filter(|(to, _)| !is_taken[*to]) {
            left.entry((position_of[to], name_of(one))).or_default().push(to);
        }
        for (at, one) in old.iter().enumerate() {
            if pairs[at].is_some() {
                continue;
            }
            let here = [one.feature.point.e, one.feature.point.n];
            let near = tree.locate_within_distance(here, SAME_PLACE_M * SAME_PLACE_M);
            let name = name_of(one);
            let first = near
                .map(|position| (position.data as usize, name.clone()))
                .filter_map(|key| Some((*left.get(&key)?.last()?, key)))
                .min_by_key(|(to, _)| *to);
            if let Some((to, key)) = first {
                (pairs[at], is_taken[to]) = (Some(to), true);
                left.entry(key).and_modify(|left| left.truncate(left.len().saturating_sub(1)));
            }
        }
    }
}

/// Pairs what is left by names that one in each table has.
fn by_lone_name(old: &[Known<'_>], new: &[Known<'_>], pairs: &mut [Option<usize>], is_taken: &[bool]) {
    let mut left: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, one) in old.iter().enumerate().filter(|(at, _)| pairs[*at].is_none()) {
        if let Some(name) = one.name.as_deref() {
            left.entry(name).or_default().0.push(at);
        }
    }
    for (at, one) in new.iter().enumerate().filter(|(at, _)| !is_taken[*at]) {
        if let Some(name) = one.name.as_deref() {
            left.entry(name).or_default().1.push(at);
        }
    }
    for (from, to) in left.into_values() {
        if let ([from], [to]) = (from.as_slice(), to.as_slice()) {
            pairs[*from] = Some(*to);
        }
    }
}

/// Does a column that both tables have say another thing?
fn is_changed(earlier: &FeatureTable, before: &Feature, later: &FeatureTable, after: &Feature) -> bool {
    let (before, after) = (earlier.row(before), later.row(after));
    earlier.columns.iter().filter(|column| later.column(&column.name).is_some()).any(|column| {
        let text = |row: super::Row<'_>| row.get(&column.name).map(super::Entry::text).unwrap_or_default();
        text(before) != text(after)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::table::tests::table_of;

    /// Rows: id, name, easting, value.
    fn table(rows: &[(&str, &str, f64, i32)]) -> FeatureTable {
        let objects: Vec<_> =
            rows.iter().map(|(_, name, _, value)| json!({"name": name, "value": value})).collect();
        let mut table = table_of(&objects);
        for (feature, (id, _, e, _)) in table.features.iter_mut().zip(rows) {
            feature.id = (!id.is_empty()).then(|| (*id).into());
            feature.point = PlanePoint::new(500_000.0 + e, 7_000_000.0);
        }
        table
    }

    #[test]
    fn what_is_new_gone_moved_and_changed_is_told() {
        let old = table(&[
            ("1", "Hallen", 0.0, 5),
            ("2", "Kall", 1_000.0, 5),
            ("3", "Vallbo", 2_000.0, 5),
            ("4", "Mattmar", 3_000.0, 5),
            ("5", "Undersåker", 4_000.0, 5),
        ]);
        // Moved, renamed at its place, an id given to another store, gone, changed, new; rows in another order.
        let new = table(&[
            ("9", "Åre", 9_000.0, 5),
            ("4", "Trillevallen", 30_000.0, 5),
            ("3", "Vallbo livs", 2_000.0, 5),
            ("2", "Kall", 1_250.0, 5),
            ("1", "Hallen", 0.0, 6),
        ]);
        let found = Difference::between(&old, &new);
        assert_eq!(found.new, [0, 1], "the id of Mattmar is another's");
        assert_eq!(found.gone, [3, 4]);
        let moved: Vec<_> = found.moved.iter().map(|(a, b, apart)| (*a, *b, apart.value())).collect();
        assert_eq!(moved, [(1, 3, 250.0)]);
        assert_eq!(found.changed, [(0, 4), (2, 2)]);
        assert_eq!(found.same, 0);
    }

    #[test]
    fn without_ids_name_and_place_tell_and_twins_are_told_by_place() {
        let old = table(&[("", "ICA", 0.0, 1), ("", "ICA", 500.0, 2), ("", "Coop", 900.0, 3)]);
        let new = table(&[("", "Coop", 990.0, 3), ("", "ICA", 500.0, 2), ("", "ICA", 0.0, 1)]);
        let found = Difference::between(&old, &new);
        assert_eq!((found.same, found.moved.len()), (2, 1));
        assert!(found.new.is_empty() && found.gone.is_empty());
        assert!(Difference::between(&old, &old).is_nothing());
    }
}
