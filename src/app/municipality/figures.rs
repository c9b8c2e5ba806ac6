//! What are the figures of a municipality and of what stands beside it? Each as the tables of files have it, by the same
//! name where there is one.

use super::figure::{Figure, Part};
use crate::analysis::{AreaKind, AreaRow, Spread};
use crate::app::Results;
use crate::app::comparing::{Unit, sources};
use crate::app::following::{Board, Card};
use crate::app::siting::column_values;
use crate::app::telling::words;
use crate::lang::{Lang, Said};
use crate::model::process::ConcernKind;
use crate::model::{
    AreaIx, FactValue, Message, PeopleGroup, Role, RuralGroup, ServiceKind, SotStatus, recognise,
};
use crate::siting::Verdict;
use crate::units::{Cost, Measure};

/// The municipality and what stands beside it.
pub(super) struct Sides<'a> {
    pub own: &'a AreaRow,
    pub beside: &'a AreaRow,
    pub is_own: &'a dyn Fn(Option<AreaIx>) -> bool,
    pub is_beside: &'a dyn Fn(Option<AreaIx>) -> bool,
}

impl Sides<'_> {
    /// A value of both.
    fn of(&self, value: impl Fn(&AreaRow) -> Option<f64>) -> [Option<f64>; 2] {
        [value(self.own), value(self.beside)]
    }

    /// How many of some things lie in each.
    fn count<T>(&self, things: &[T], area: impl Fn(&T) -> Option<AreaIx>) -> [Option<f64>; 2] {
        [self.is_own, self.is_beside].map(|is_in| {
            let found = things.iter().filter(|thing| is_in(area(thing))).count();
            Some(number(found))
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^53")]
const fn number(count: usize) -> f64 {
    count as f64
}

/// A first letter as a line begins.
fn titled(value: &impl Said) -> Message {
    let title = |text: String| {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    };
    Message::new(title(value.said(Lang::Sv)), title(value.said(Lang::En)))
}

pub(super) fn people(results: &Results, sides: &Sides<'_>) -> Vec<Figure> {
    let layers = || sources::of_population(results);
    let figure = |id: String, name: Message, values: [Option<f64>; 2]| {
        Figure::new(id, Part::People, name, Unit::People, values).counted().from(layers())
    };
    let mut figures = vec![figure(
        "people".into(),
        Message::new("Invånare i data", "People in the data"),
        sides.of(|row| Some(row.people.value())),
    )];
    if results.rural.is_some() {
        for (at, group) in RuralGroup::ALL.into_iter().enumerate() {
            let id = format!("people_{}", group.id().replace('-', "_"));
            let (sv, en) = (group.said(Lang::Sv), group.said(Lang::En));
            let name = Message::new(format!("– varav {sv}"), format!("– of these {en}"));
            let values = sides.of(|row| row.groups.map(|groups| groups[at].value()));
            figures.push(figure(id, name, values));
        }
        let without = sides.of(|row| row.groups.map(|groups| groups[RuralGroup::ALL.len()].value()));
        if without.iter().flatten().any(|people| *people > 0.0) {
            let name = Message::new("– varav okänd grupp", "– of these group unknown");
            figures.push(figure("people_without_group".into(), name, without));
        }
    }
    figures.extend(
        columns(results, sides)
            .into_iter()
            .map(|(id, name, values, hint)| Figure { hint, ..figure(id, name, values) }),
    );
    let cells = sides.of(|row| Some(number(row.cells)));
    let name = Message::new("Rutor i data", "Cells in the data");
    figures.push(Figure::new("cells", Part::People, name, Unit::Count, cells).counted().from(layers()));
    figures
}

type OfColumn = (String, Message, [Option<f64>; 2], Option<Message>);

/// People that columns of the population layers count: ages and seasonal visitors. A sum of which a part is not known is
/// not known.
fn columns(results: &Results, sides: &Sides<'_>) -> Vec<OfColumn> {
    let mut names: Vec<(String, PeopleGroup)> = Vec::new();
    for layer in &results.project.layers {
        let Role::Population { field } = &layer.role else { continue };
        for column in layer.table.columns.iter().filter(|column| recognise::has_numbers(column)) {
            let group = PeopleGroup::of_column(&column.name).filter(|_| column.name != *field);
            if let Some(group) = group.filter(|_| !names.iter().any(|(name, _)| *name == column.name)) {
                names.push((column.name.clone(), group));
            }
        }
    }
    let areas = &results.situation.demand.areas;
    let of_column = |(column, group): (String, PeopleGroup)| {
        let values = column_values(results, &column).ok();
        let mut missing = 0;
        let sums = [sides.is_own, sides.is_beside].map(|is_in| {
            let values = values.as_ref()?;
            let here = values.iter().zip(areas).filter(|(_, area)| is_in(**area));
            let (mut sum, mut unknown) = (0.0, 0);
            for (value, _) in here {
                match value {
                    Some((_, number)) => sum += number.value,
                    None => unknown += 1,
                }
            }
            missing = missing.max(unknown);
            (unknown == 0).then_some(sum)
        });
        let hint = (missing > 0).then(|| {
            let said = |lang: Lang| {
                let missing = lang.count(missing);
                crate::say!(
                    lang,
                    "uppgift saknas för {missing} rutor, så summan är inte känd",
                    "{missing} cells have no figure, so the sum is not known"
                )
            };
            Message::new(said(Lang::Sv), said(Lang::En))
        });
        (format!("people_{column}"), titled(&group), sums, hint)
    };
    names.into_iter().map(of_column).collect()
}

pub(super) fn services(results: &Results, sides: &Sides<'_>) -> Vec<Figure> {
    let situation = &results.situation;
    let mut figures = Vec::new();
    let kinds = ServiceKind::ALL.into_iter().filter(|kind| *kind != ServiceKind::Sot);
    for kind in kinds.filter(|kind| situation.kinds_loaded.contains(*kind)) {
        let services: Vec<_> =
            situation.of_kind(kind).iter().filter_map(|ix| situation.service(*ix)).collect();
        let figure = |id: &str, name: Message, values| {
            let of = Figure::new(id, Part::Services, name, Unit::Count, values).counted();
            of.from(sources::of_services(results, kind))
        };
        let all = sides.count(&services, |service| service.area);
        let plural = ServiceKind::flags().into_iter().find(|(known, _)| *known == kind);
        let name = plural.map_or_else(|| titled(&kind), |(_, [sv, en])| Message::new(sv, en));
        figures.push(figure(&format!("{}_services", kind.id()), name, all));
        if kind == ServiceKind::Grocery {
            let range = |wanted: Option<bool>| {
                let is_so = |service: &&&crate::model::Service| {
                    let known = service.facts.get("full_range").map(|fact| &fact.value);
                    let known = if let Some(FactValue::YesNo(yes)) = known { Some(*yes) } else { None };
                    known == wanted
                };
                let found: Vec<_> = services.iter().filter(is_so).collect();
                sides.count(&found, |service| service.area)
            };
            let name = Message::new("– varav fullsortiment", "– of these full range");
            figures.push(figure("full_range_stores", name, range(Some(true))));
            let unknown = range(None);
            if unknown.iter().flatten().any(|count| *count > 0.0) {
                let name = Message::new("– sortimentet okänt", "– range not known");
                figures.push(figure("full_range_unknown", name, unknown));
            }
        }
    }
    figures
}

/// Within, beyond and without a value, how far, and gaps: for each kind that is measured.
pub(super) fn reach(results: &Results, sides: &Sides<'_>) -> Vec<Figure> {
    results.kinds.iter().flat_map(|kind| reach_of(results, kind.coverage.kind, sides)).collect()
}

fn reach_of(results: &Results, kind: ServiceKind, sides: &Sides<'_>) -> Vec<Figure> {
    let (id, measure) = (kind.id(), results.measure());
    let limit = |lang| words::short(lang, results.limit(), measure);
    let of = |value: fn(&AreaKind, f64) -> Option<f64>| {
        sides.of(|row| {
            let found = row.kinds.iter().find(|known| known.kind == kind)?;
            value(found, row.people.value())
        })
    };
    let layers = || {
        let mut layers = sources::of_population(results);
        layers.extend(sources::of_services(results, kind));
        layers
    };
    let figure = |id: String, name: Message, unit: Unit, values: [Option<f64>; 2]| {
        Figure::new(id, Part::Reach(kind), name, unit, values).from(layers()).travelled()
    };
    let (sv, en) = (limit(Lang::Sv), limit(Lang::En));
    let share: fn(&AreaKind, f64) -> Option<f64> = |found, people| {
        let within = people - found.people_beyond.value() - found.people_without_value.value();
        (people > 0.0).then(|| (within / people).clamp(0.0, 1.0))
    };
    let within =
        of(|found, people| Some(people - found.people_beyond.value() - found.people_without_value.value()));
    let mut figures = vec![
        figure(
            format!("{id}_people_within"),
            Message::new(format!("Invånare inom {sv}"), format!("People within {en}")),
            Unit::People,
            within,
        )
        .counted(),
        figure(
            format!("{id}_people_beyond"),
            Message::new(format!("Invånare bortom {sv}"), format!("People beyond {en}")),
            Unit::People,
            of(|found, _| Some(found.people_beyond.value())),
        )
        .counted(),
    ];
    let without = of(|found, _| Some(found.people_without_value.value()));
    if without.iter().flatten().any(|people| *people > 0.0) {
        let name = Message::new("Invånare som inte når någon", "People who reach none");
        figures.push(figure(format!("{id}_people_without_value"), name, Unit::People, without).counted());
    }
    let name = Message::new(format!("Andel inom {sv}"), format!("Share within {en}"));
    figures.push(figure(format!("{id}_share_within"), name, Unit::Share, of(share)));
    figures.extend(
        spreads(kind, measure, sides)
            .into_iter()
            .map(|(id, name, values)| figure(id, name, Unit::of(measure), values)),
    );
    figures.push(gaps(results, kind, sides));
    figures
}

/// Median, ninetieth percentile and the farthest, in what is counted.
fn spreads(
    kind: ServiceKind,
    measure: Measure,
    sides: &Sides<'_>,
) -> Vec<(String, Message, [Option<f64>; 2])> {
    type Of = fn(&Spread) -> Option<Cost>;
    let rows: [(&str, [&str; 2], Of); 4] = [
        ("mean", ["Medel", "Mean"], |spread| spread.mean),
        ("p50", ["Hälften har högst", "Half have at most"], |spread| spread.p50),
        ("p90", ["Nio av tio har högst", "Nine of ten have at most"], |spread| spread.p90),
        ("max", ["Längst", "Farthest"], |spread| spread.max),
    ];
    let of = |(figure, [sv, en], of): (&str, [&str; 2], Of)| {
        let values = sides.of(|row| {
            let found = row.kinds.iter().find(|known| known.kind == kind)?;
            of(&found.spread).map(|cost| measure.in_units(cost))
        });
        (format!("{}_{figure}_{}", kind.id(), measure.unit()), Message::new(sv, en), values)
    };
    rows.map(of).into()
}

/// Gaps in which somebody of each lives.
fn gaps(results: &Results, kind: ServiceKind, sides: &Sides<'_>) -> Figure {
    let areas = &results.situation.demand.areas;
    let values = [sides.is_own, sides.is_beside].map(|is_in| {
        let found = results.kind(kind)?.gaps.iter();
        let touches = |gap: &crate::analysis::Gap| gap.cells.iter().any(|cell| is_in(areas[*cell as usize]));
        Some(number(found.filter(|(gap, _)| touches(gap)).count()))
    });
    let name = Message::new("Luckor som rör området, antal", "Gaps that touch the area, number");
    let hint = Message::new(
        "en lucka över en gräns räknas i båda kommunerna",
        "a gap across a border counts in both municipalities",
    );
    let mut layers = sources::of_population(results);
    layers.extend(sources::of_services(results, kind));
    let figure = Figure::new(format!("{}_gaps", kind.id()), Part::Reach(kind), name, Unit::Count, values);
    figure.from(layers).travelled().hinted(hint)
}

/// SOT places by status, as many as there are.
pub(super) fn sot(results: &Results, sides: &Sides<'_>) -> Vec<Figure> {
    let places = &results.situation.sot_places;
    if !results.situation.kinds_loaded.contains(ServiceKind::Sot) {
        return Vec::new();
    }
    let figure = |id: String, name: Message, values| {
        Figure::new(id, Part::Sot, name, Unit::Count, values).counted().from(sources::of_sot(results))
    };
    let name = Message::new("SOT-platser", "SOT places");
    let mut figures = vec![figure("sot_places".into(), name, sides.count(places, |sot| sot.area))];
    for status in SotStatus::ALL {
        let of: Vec<_> = places.iter().filter(|sot| sot.status == status).collect();
        let values = sides.count(&of, |sot| sot.area);
        if values[1].is_some_and(|count| count > 0.0) {
            let (sv, en) = (status.said(Lang::Sv), status.said(Lang::En));
            let name = Message::new(format!("– {sv}"), format!("– {en}"));
            figures.push(figure(format!("sot_{}", status.id()), name, values));
        }
    }
    figures
}

/// Candidates by verdict.
pub(super) fn candidates(results: &Results, sides: &Sides<'_>) -> Vec<Figure> {
    let figure = |id: &str, name: Message, values| {
        let mut layers = sources::of_services(results, ServiceKind::Grocery);
        layers.extend(sources::of_sot(results));
        Figure::new(id, Part::Candidates, name, Unit::Count, values).counted().from(layers)
    };
    if results.candidates.is_empty() {
        return Vec::new();
    }
    let all = sides.count(&results.candidates, |one| one.area);
    let name = Message::new("Butiker och SOT-platser", "Stores and SOT places");
    let mut figures = vec![figure("candidates", name, all)];
    for verdict in Verdict::ALL {
        let of: Vec<_> = results.candidates.iter().filter(|one| one.verdict == verdict).collect();
        let (sv, en) = (verdict.said(Lang::Sv), verdict.said(Lang::En));
        let name = Message::new(format!("– {sv}"), format!("– {en}"));
        let id = format!("candidates_{}", verdict.id());
        figures.push(figure(&id, name, sides.count(&of, |one| one.area)));
    }
    figures
}

/// The work that is followed.
pub(super) struct Places<'a> {
    pub board: &'a Board,
    pub name: &'a str,
    pub is_beside: &'a dyn Fn(Option<&str>) -> bool,
}

/// Places that are followed, and those with something to look at.
pub(super) fn follow_up(results: &Results, places: &Places<'_>) -> Vec<Figure> {
    let cards = &places.board.cards;
    if cards.is_empty() {
        return Vec::new();
    }
    let count = |is_meant: &dyn Fn(&Card) -> bool| {
        let of = |is_in: &dyn Fn(&Card) -> bool| {
            Some(number(cards.iter().filter(|card| is_in(card) && is_meant(card)).count()))
        };
        [
            of(&|card| card.municipality.as_deref() == Some(places.name)),
            of(&|card| (places.is_beside)(card.municipality.as_deref())),
        ]
    };
    let figure = |id: &str, name: Message, values| {
        Figure::new(id, Part::FollowUp, name, Unit::Count, values).counted().from(sources::of_sot(results))
    };
    let followed = Message::new("Platser som följs", "Places that are followed");
    let mut figures = vec![figure("followed", followed, count(&|_| true))];
    for kind in ConcernKind::ALL {
        let (sv, en) = (kind.said(Lang::Sv), kind.said(Lang::En));
        let name = Message::new(format!("– {sv}"), format!("– {en}"));
        figures.push(figure(kind.id(), name, count(&|card| card.has(kind))));
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_a_large_letter() {
        assert_eq!(titled(&ServiceKind::Grocery).said(Lang::Sv), "Livsmedel");
        assert_eq!(titled(&PeopleGroup::Seasonal).said(Lang::Sv), "Säsongsboende och besökare");
    }
}
