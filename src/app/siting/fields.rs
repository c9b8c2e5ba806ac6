//! What do places cost, and for how many do they have room? Numbers that layers or hands state of them. A price that the
//! question says of a place goes before all others; its flat price is that of new places of which nobody says another.

use super::costs::{self, Ambiguous};
use super::places::Place;
use super::question::{Amount, Question};
use super::unsolvable::Unsolvable;
use super::whole::{Scale, decimals};
use crate::app::Results;
use crate::model::recognise::WrittenNumber;
use crate::model::{Entry, FactValue, Layer, Project, ServiceOrigin, SiteId, SotPlace, attribute, recognise};
use crate::siting::{Candidate, Host};

/// Reads cost and capacity of every place; a column that no place has is a slip of the pen.
pub(super) fn read_fields(
    question: &Question,
    results: &Results,
    places: &mut [Place],
) -> Result<Vec<Ambiguous>, Unsolvable> {
    type Read = Option<(String, WrittenNumber)>;
    let read = |column: &Option<String>| -> Result<Vec<Read>, Unsolvable> {
        let Some(column) = column else { return Ok(vec![None; places.len()]) };
        let column = &column_name(column, results);
        let values: Result<Vec<_>, _> = results
            .candidates
            .iter()
            .zip(places.iter())
            .map(|(candidate, place)| number_of(column, candidate, place, results))
            .collect();
        let values = values?;
        if values.iter().all(Option::is_none) {
            return Err(Unsolvable::NoColumn { column: column.clone(), known: number_columns(results) });
        }
        Ok(values)
    };
    let (costs, capacities) = (read(&question.cost_field)?, read(&question.capacity_field)?);
    let ambiguous = [(&question.cost_field, &costs), (&question.capacity_field, &capacities)];
    let ambiguous = ambiguous.into_iter().filter_map(|(column, values)| {
        let texts = values.iter().flatten().map(|(text, number)| (text.as_str(), *number));
        Ambiguous::among(column.as_ref()?, texts)
    });
    let ambiguous: Vec<Ambiguous> = ambiguous.collect();
    let value = |read: Read| read.map(|(_, number)| number.value);
    for ((place, cost), capacity) in places.iter_mut().zip(costs).zip(capacities) {
        (place.cost, place.capacity) = (value(cost), value(capacity));
        let is_asked = matches!(question.amount, Amount::Budget(_)) && place.cost.is_none();
        if let Some(flat) = question.flat_price.filter(|_| is_asked && !place.exists()) {
            place.cost = Some(flat);
        }
    }
    // What waits for a decision prices nothing.
    for said in question.prices.iter().filter(|said| !matches!(said.site, SiteId::Held(_))) {
        let place = places.iter_mut().find(|place| place.is(&said.site));
        let place = place.ok_or_else(|| Unsolvable::UnknownSite { site: said.site.clone() })?;
        // A store and the SOT place that it hosts are one place.
        let earlier = question.prices.iter().take_while(|other| !std::ptr::eq(*other, said));
        if let Some(other) = earlier
            .into_iter()
            .find(|other| place.is(&other.site) && other.price.to_bits() != said.price.to_bits())
        {
            let (first, second) = (other.price.to_string(), said.price.to_string());
            return Err(Unsolvable::Contradiction { place: place.name.clone(), first, second });
        }
        place.cost = Some(said.price);
    }
    Ok(ambiguous)
}

/// A column as the layers write it, whatever the case of what was said.
fn column_name(said: &str, results: &Results) -> String {
    let columns = results.project.layers.iter().flat_map(|layer| layer.table.columns.iter());
    let found = recognise::column_called(said, columns.map(|column| column.name.as_str()));
    found.unwrap_or(said).to_owned()
}

/// Columns with numbers of stores and SOT places.
#[must_use]
pub fn number_columns(results: &Results) -> Vec<String> {
    use crate::model::Role as LayerRole;
    let mut names = Vec::new();
    for layer in &results.project.layers {
        if matches!(layer.role, LayerRole::Services(_) | LayerRole::SotPlaces) {
            for column in layer.table.columns.iter().filter(|column| column.numbers > 0) {
                if !names.contains(&column.name) {
                    names.push(column.name.clone());
                }
            }
        }
    }
    names
}

/// A number stated of a place: of the SOT place first, then what hands and registers say of the store.
fn number_of(
    column: &str,
    candidate: &Candidate,
    place: &Place,
    results: &Results,
) -> Result<Option<(String, WrittenNumber)>, Unsolvable> {
    let project = &results.project;
    let sot = candidate.sot.and_then(|at| results.situation.sot_places.get(at));
    let store = match candidate.host {
        Host::Store(ix) => results.situation.service(ix),
        Host::NotInData => None,
    };
    let of_sot = sot
        .and_then(SotPlace::feature)
        .and_then(|(layer, feature_ix)| property(project, layer, feature_ix, column));
    let of_hand = store.and_then(|store| {
        let def = attribute(column)?;
        match &store.facts.get(def.id)?.value {
            FactValue::Number(number) => Some((Entry::Real(*number).text(), false)),
            _ => None,
        }
    });
    let of_store = store.and_then(|store| match store.origin {
        ServiceOrigin::Feature { layer, feature_ix } => property(project, layer, feature_ix, column),
        ServiceOrigin::Added(at) => match &project.added.get(at)?.facts.get(column)?.value {
            FactValue::Number(number) => Some((Entry::Real(*number).text(), false)),
            other => Some((other.to_text().trim().to_owned(), true)),
        },
    });
    let Some((text, is_text)) = of_sot.or(of_hand).or(of_store) else { return Ok(None) };
    match costs::number(&text) {
        Some(number) => {
            // A number of JSON is what it is.
            Ok(Some((text, WrittenNumber { is_ambiguous: number.is_ambiguous && is_text, ..number })))
        }
        None => {
            Err(Unsolvable::BadValue { place: place.name.clone(), column: column.to_owned(), value: text })
        }
    }
}

/// A property that has a value, as text, and whether it was written as text.
fn property(
    project: &Project,
    layer: crate::model::LayerId,
    feature_ix: usize,
    column: &str,
) -> Option<(String, bool)> {
    let layer: &Layer = project.layer(layer)?;
    let value = layer.table.row(layer.table.features.get(feature_ix)?).get(column)?;
    Some((value.text(), value.is_text())).filter(|(text, _)| !text.is_empty())
}

/// The scale by which costs and budget become whole.
pub(super) fn money_scale(question: &Question, places: &[Place]) -> Scale {
    let budget = match question.amount {
        Amount::Budget(budget) => Some(budget),
        _ => None,
    };
    let all = || places.iter().filter_map(|place| place.cost).chain(budget);
    let wanted = all().map(decimals).max().unwrap_or(0);
    // All costs together stay far below what 64 bits hold.
    Scale::fitting_to(6, wanted, all().sum(), 1e15)
}
