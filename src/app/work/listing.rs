//! Which features of a layer fit a filter, and in which order? Found beside whoever looks at the table.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;

use crate::app::jobs::{Panicked, Slot, Wake};
use crate::model::{Entry, FeatureTable, Layer};
use crate::progress::{Cancelled, Progress};

/// What is wanted of a layer's features.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// A part of any of its texts and numbers, as they are written.
    pub text: String,
    /// A column whose number shall lie between these, equal included.
    pub between: Option<(String, Option<f64>, Option<f64>)>,
    /// The column they are sorted by, the largest first where that is true; else as in the file.
    pub sort: Option<(String, bool)>,
}

/// The features of a layer that fit, by position in it, in their order.
#[derive(Debug, Clone)]
pub struct Found {
    pub layer: Arc<Layer>,
    pub features: Arc<Vec<u32>>,
}

/// The features that fit, found beside whoever looks.
#[derive(Default)]
pub struct Listing {
    wanted: Option<(Arc<Layer>, Filter)>,
    found: Option<Found>,
    finding: Slot<Result<Found, Cancelled>>,
}

impl Listing {
    /// Asks for the features of a layer, and takes in those that were found; tells of work that failed.
    pub fn follow(&mut self, wake: &Wake, wanted: Option<(&Arc<Layer>, &Filter)>) -> Option<Panicked> {
        let failed = match self.finding.poll() {
            Some(Ok(found)) => {
                self.found = found.ok().or(self.found.take());
                None
            }
            Some(Err(panic)) => Some(panic),
            None => None,
        };
        let Some((layer, filter)) = wanted else {
            *self = Self::default();
            return failed;
        };
        let is_same = |(known, of): &(Arc<Layer>, Filter)| Arc::ptr_eq(known, layer) && of == filter;
        if !self.wanted.as_ref().is_some_and(is_same) {
            self.found = self.found.take().filter(|found| Arc::ptr_eq(&found.layer, layer));
            self.wanted = Some((Arc::clone(layer), filter.clone()));
            let (layer, filter) = (Arc::clone(layer), filter.clone());
            self.finding.start(wake, move |progress| {
                let features = Arc::new(listed(&layer.table, &filter, progress)?);
                Ok(Found { layer, features })
            });
        }
        failed
    }

    /// The newest that were found, be they of a filter a moment ago.
    #[must_use]
    pub const fn found(&self) -> Option<&Found> {
        self.found.as_ref()
    }

    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.finding.is_running()
    }
}

/// So many features are looked at between two questions whether they are still wanted.
const AT_A_TIME: u32 = 20_000;

/// The features that fit, in their order.
fn listed(table: &FeatureTable, filter: &Filter, progress: &dyn Progress) -> Result<Vec<u32>, Cancelled> {
    let text = filter.text.trim().to_lowercase();
    let count = u32::try_from(table.features.len()).unwrap_or(u32::MAX);
    let fits = |at: &u32| {
        let Some(feature) = table.features.get(*at as usize) else { return false };
        let row = table.row(feature);
        let has_text =
            text.is_empty() || row.entries().any(|(_, entry)| entry.text().to_lowercase().contains(&text));
        let has_number = filter.between.as_ref().is_none_or(|(column, least, most)| {
            row.get(column).and_then(Entry::number).is_some_and(|number| {
                least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most)
            })
        });
        has_text && has_number
    };
    let mut found: Vec<u32> = Vec::new();
    for start in (0..count).step_by(AT_A_TIME as usize) {
        progress.check()?;
        let end = count.min(start.saturating_add(AT_A_TIME));
        found.extend((start..end).into_par_iter().filter(fits).collect::<Vec<u32>>());
    }
    if let Some((column, is_down)) = &filter.sort {
        let entry = |at: &u32| table.row(&table.features[*at as usize]).get(column);
        found.par_sort_by(|a, b| {
            let order = order(entry(a), entry(b));
            // What has no value stands last either way.
            let order =
                if *is_down && entry(a).is_some() && entry(b).is_some() { order.reverse() } else { order };
            order.then(a.cmp(b))
        });
    }
    Ok(found)
}

/// Numbers by size, before texts by letter, before nothing.
fn order(a: Option<Entry<'_>>, b: Option<Entry<'_>>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => match (a.number(), b.number()) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => a.text().to_lowercase().cmp(&b.text().to_lowercase()),
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Rows as a spreadsheet takes them: tabs between values, one line each, titles first.
#[must_use]
pub fn copied(found: &Found) -> String {
    let layer = &found.layer;
    let plain = |text: String| text.replace(['\t', '\n', '\r'], " ");
    let columns: Vec<&str> = layer.table.columns.iter().map(|column| column.name.as_str()).collect();
    let mut out = columns.join("\t");
    for feature in found.features.iter().filter_map(|at| layer.table.features.get(*at as usize)) {
        let row = layer.table.row(feature);
        let values = columns.iter().map(|column| plain(row.get(column).map(Entry::text).unwrap_or_default()));
        let _ = write!(out, "\n{}", values.collect::<Vec<_>>().join("\t"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;
    use crate::progress::Unwatched;

    fn places() -> Arc<Layer> {
        let project = demo::project(&Unwatched).expect("the example");
        let layer = project.layers;
        let layer = layer.into_iter().find(|layer| layer.table.column("name").is_some());
        layer.expect("a layer with names")
    }

    #[test]
    fn a_filter_by_text_and_an_order_by_name_give_what_looking_at_each_row_gives() {
        let layer = places();
        let name = |at: &u32| {
            let row = layer.table.row(&layer.table.features[*at as usize]);
            row.get("name").map(Entry::text).unwrap_or_default()
        };
        for is_down in [false, true] {
            let filter = Filter { text: "ö".into(), between: None, sort: Some(("name".into(), is_down)) };
            let found = listed(&layer.table, &filter, &Unwatched).expect("nobody cancels");
            assert!(!found.is_empty() && found.len() < layer.table.features.len());
            let names: Vec<String> = found.iter().map(|at| name(at).to_lowercase()).collect();
            let mut sorted = names.clone();
            sorted.sort();
            if is_down {
                sorted.reverse();
            }
            assert_eq!(names, sorted);
        }
    }

    #[test]
    fn a_filter_by_number_takes_both_ends() {
        let layer = demo::project(&Unwatched)
            .expect("the example")
            .layers
            .iter()
            .max_by_key(|layer| layer.table.features.len())
            .cloned()
            .expect("one");
        let column =
            layer.table.columns.iter().find(|column| column.entry(0).and_then(Entry::number).is_some());
        let column = column.expect("a column of numbers").name.clone();
        let number =
            |at: usize| layer.table.row(&layer.table.features[at]).get(&column).and_then(Entry::number);
        let (low, high) = (number(3).expect("a number"), number(40).expect("a number"));
        let (low, high) = (low.min(high), low.max(high));
        let filter = Filter { between: Some((column.clone(), Some(low), Some(high))), ..Filter::default() };
        let found = listed(&layer.table, &filter, &Unwatched).expect("nobody cancels").len();
        let count = (0..layer.table.features.len())
            .filter(|at| number(*at).is_some_and(|number| number >= low && number <= high))
            .count();
        assert_eq!(found, count);
        assert!(found >= 2);
    }
}
