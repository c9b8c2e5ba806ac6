//! How does one travel in a project? Straight lines, or the roads that are loaded, with their closures.
//! Networks are kept from one result to the next: a closure or a threshold does not build them again.

use std::sync::Arc;

use super::networks;
use crate::model::roads::Roads;
use crate::model::travel::{CostRows, Method, Nearest, Pairs, TravelError, TravelModel};
use crate::model::{
    ClosureShape, ContextUse, FeatureTable, MadeOn, Mode, Project, RoadClosure, Role, TravelProfile,
};
use crate::network::{Cut, RoadNetwork, RoadTravel, Water};
use crate::progress::Progress;
use crate::travel::StraightLine;
use crate::units::{Cost, Measure};

/// The travel model of a project.
#[derive(Clone)]
pub enum Travel {
    Line(StraightLine),
    Road(Arc<Prepared>),
    /// Another maker of the same tables: a routing server, tables read from a file.
    Made(Made),
}

/// A maker that the program did not prepare itself.
pub type Made = Arc<dyn TravelModel + Send + Sync>;

/// Roads made ready for a profile, and what they were made of.
pub struct Prepared {
    layers: Vec<Arc<Roads>>,
    /// Layers of water: a walk to a road does not cross it.
    water_layers: Vec<Arc<FeatureTable>>,
    profile: TravelProfile,
    mode: Mode,
    closures: Arc<Vec<RoadClosure>>,
    /// Without closures.
    visitor: RoadNetwork,
    /// On which closures are told by their roads: a car's by the defaults, whoever travels.
    ties: Option<RoadNetwork>,
    rescue: Option<RoadNetwork>,
    pub travel: RoadTravel,
    /// How many places each closure of the project cuts, in order.
    pub cut_counts: Vec<usize>,
    /// The stretches of the visitors' network that each closes by itself, not by an area: nobody passes.
    pub closed_stretches: Vec<Vec<u32>>,
    /// The roads that each closure hits, by name.
    pub roads_hit: Vec<Vec<String>>,
}

impl Travel {
    /// The travel model that a project names; what `previous` has prepared is used again.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn of(
        project: &Project,
        needs_rescue: bool,
        previous: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        let parameters = &project.parameters;
        if !parameters.follows_roads || !has_roads(project) {
            return Ok(Self::Line(StraightLine {
                detour_factor: parameters.detour_factor,
                speed_kmh: parameters.speed_kmh,
                measure: parameters.measure,
            }));
        }
        let old = match previous {
            Some(Self::Road(old)) if old.is_of(project) && (old.rescue.is_some() || !needs_rescue) => {
                Some(Arc::clone(old))
            }
            _ => None,
        };
        if let Some(old) = &old
            && old.travel.measure() == parameters.measure
            && have_same_cuts(&old.closures, &project.closures)
        {
            return Ok(Self::Road(Arc::clone(old)));
        }
        Prepared::new(project, needs_rescue, old.as_deref(), progress)
            .map(|fresh| Self::Road(Arc::new(fresh)))
    }

    /// The roads, if roads are followed.
    #[must_use]
    pub fn is_by_road(&self) -> bool {
        self.road().is_some()
    }

    /// The roads, for whoever asks them more than costs: routes, reach, closures, streets.
    #[must_use]
    pub fn road(&self) -> Option<&RoadTravel> {
        match self {
            Self::Line(_) | Self::Made(_) => None,
            Self::Road(prepared) => Some(&prepared.travel),
        }
    }

    /// The closures of a project with the roads that they are made on, as far as this has them: for a project that
    /// is saved, or whose roads are read anew.
    #[must_use]
    pub fn made_on(&self, closures: &[RoadClosure]) -> Vec<RoadClosure> {
        let Self::Road(prepared) = self else { return closures.to_vec() };
        let told = |closure: &RoadClosure| {
            let known = prepared.closures.iter().position(|known| known.id == closure.id);
            let same = known.filter(|at| prepared.closures[*at].shape == closure.shape);
            match (&closure.made_on, same.and_then(|at| prepared.roads_hit.get(at))) {
                (MadeOn::Unsaid, Some(hits)) if !matches!(closure.shape, ClosureShape::Area(_)) => {
                    RoadClosure { made_on: MadeOn::Roads(hits.clone()), ..closure.clone() }
                }
                _ => closure.clone(),
            }
        };
        closures.iter().map(told).collect()
    }

    /// Does a closure wait for a decision, since it was made on other roads than it hits?
    #[must_use]
    pub fn is_waiting(&self, closure: &RoadClosure) -> bool {
        match self {
            Self::Road(prepared) => closure.is_active && prepared.is_held(closure),
            Self::Line(_) | Self::Made(_) => false,
        }
    }

    /// Travel by car to localities: in time, all roads open, without the walk to the road and without ferries. By
    /// straight line where no roads are followed.
    ///
    /// # Errors
    /// [`TravelError`] when the result is no longer wanted, or a way could not be had.
    pub fn by_car_on_land(&self, project: &Project, progress: &dyn Progress) -> Result<Self, TravelError> {
        let prepared = match self {
            Self::Line(line) => return Ok(Self::Line(StraightLine { measure: Measure::Time, ..*line })),
            Self::Made(made) => return Ok(Self::Made(Arc::clone(made))),
            Self::Road(prepared) => prepared,
        };
        let car = if prepared.mode == Mode::Car {
            prepared.visitor.clone()
        } else {
            let layers = project.roads.iter().map(Arc::as_ref);
            let car = networks::network(&layers, &prepared.profile, Mode::Car, progress)?;
            car.beside(prepared.visitor.water().cloned())
        };
        let on_land = RoadNetwork::with_cuts(&car, &car.ferry_cuts());
        // What is snapped stays snapped where the network is the same.
        let travel = match prepared.mode {
            Mode::Car => prepared.travel.with_networks(on_land.clone(), None, Measure::Time, 0),
            _ => RoadTravel::new(on_land.clone(), None, Measure::Time, 0),
        };
        Ok(Self::Road(Arc::new(Prepared {
            layers: prepared.layers.clone(),
            water_layers: prepared.water_layers.clone(),
            profile: prepared.profile.clone(),
            mode: Mode::Car,
            closures: Arc::default(),
            visitor: on_land,
            ties: None,
            rescue: None,
            travel: travel.without_access(),
            cut_counts: Vec::new(),
            closed_stretches: Vec::new(),
            roads_hit: Vec::new(),
        })))
    }

    /// The same roads with none closed, where some are.
    #[must_use]
    pub fn without_closures(&self) -> Option<RoadTravel> {
        let Self::Road(prepared) = self else { return None };
        let is_cut = prepared.cut_counts.iter().any(|count| *count > 0);
        is_cut.then(|| {
            let (visitor, rescue) = (prepared.visitor.clone(), prepared.rescue.clone());
            prepared.travel.with_networks(visitor, rescue, prepared.travel.measure(), 0)
        })
    }

    /// Does this still say what a project says?
    #[must_use]
    pub fn is_of(&self, project: &Project) -> bool {
        let parameters = &project.parameters;
        match self {
            Self::Line(line) => {
                (!parameters.follows_roads || !has_roads(project))
                    && line.detour_factor.to_bits() == parameters.detour_factor.to_bits()
                    && line.speed_kmh == parameters.speed_kmh
                    && line.measure == parameters.measure
            }
            // Nobody knows what it was made of.
            Self::Made(_) => false,
            Self::Road(prepared) => {
                parameters.follows_roads
                    && prepared.is_of(project)
                    && have_same_cuts(&prepared.closures, &project.closures)
                    && prepared.travel.measure() == parameters.measure
            }
        }
    }

    fn model(&self) -> &dyn TravelModel {
        match self {
            Self::Line(line) => line,
            Self::Road(prepared) => &prepared.travel,
            Self::Made(made) => made.as_ref(),
        }
    }
}

/// The network by which closures know the roads they were made on: by car with the default profile, whatever the
/// parameters are.
fn ties_network(
    project: &Project,
    visitor: &RoadNetwork,
    progress: &dyn Progress,
) -> Result<RoadNetwork, TravelError> {
    let (default, parameters) = (TravelProfile::default(), &project.parameters);
    if parameters.mode == Mode::Car && parameters.profile == default {
        return Ok(visitor.clone());
    }
    let layers = project.roads.iter().map(Arc::as_ref);
    Ok(networks::network(&layers, &default, Mode::Car, progress)?)
}

impl Prepared {
    fn new(
        project: &Project,
        needs_rescue: bool,
        old: Option<&Self>,
        progress: &dyn Progress,
    ) -> Result<Self, TravelError> {
        let parameters = &project.parameters;
        let (visitor, rescue) = if let Some(old) = old {
            (old.visitor.clone(), old.rescue.clone())
        } else {
            let water = Arc::new(water(water_layers(project).iter().map(Arc::as_ref)));
            let layers = project.roads.iter().map(Arc::as_ref);
            let build = |mode| {
                let network = networks::network(&layers, &parameters.profile, mode, progress)?;
                Ok::<_, TravelError>(network.beside(Some(Arc::clone(&water))))
            };
            let rescue = needs_rescue.then(|| build(Mode::Rescue)).transpose()?;
            (build(parameters.mode)?, rescue)
        };
        progress.check()?;
        let ties = match old.and_then(|old| old.ties.clone()) {
            _ if project.closures.is_empty() => None,
            Some(ties) => Some(ties),
            None => Some(ties_network(project, &visitor, progress)?),
        };
        let hits = |closure| ties.as_ref().map(|ties| ties.roads_hit(closure)).unwrap_or_default();
        let roads_hit: Vec<Vec<String>> = project.closures.iter().map(hits).collect();
        // One that was made on other roads waits for a decision and cuts nothing.
        let in_force: Vec<RoadClosure> = project
            .closures
            .iter()
            .zip(&roads_hit)
            .map(|(closure, hits)| {
                let is_active = closure.is_active && holds(closure, hits);
                RoadClosure { is_active, ..closure.clone() }
            })
            .collect();
        let (cuts, cut_counts) = visitor.cuts_of(&in_force);
        let closed_stretches = closed_stretches(&in_force, &cuts, &cut_counts);
        let cut = RoadNetwork::with_cuts(&visitor, &cuts);
        // A closure may hit a road that only one of them uses.
        let mut cut_counts = cut_counts;
        let cut_rescue = rescue.as_ref().map(|network| {
            let (cuts, counts) = network.cuts_of(&in_force);
            for (count, other) in cut_counts.iter_mut().zip(counts) {
                *count = (*count).max(other);
            }
            RoadNetwork::with_cuts(network, &cuts)
        });
        // One that hits no road holds nothing.
        let closed = cut_counts.iter().filter(|count| **count > 0).count();
        let travel = match old {
            Some(old) => old.travel.with_networks(cut, cut_rescue, parameters.measure, closed),
            None => RoadTravel::new(cut, cut_rescue, parameters.measure, closed),
        };
        Ok(Self {
            layers: project.roads.iter().map(|layer| Arc::clone(&layer.roads)).collect(),
            water_layers: water_layers(project),
            profile: parameters.profile.clone(),
            mode: parameters.mode,
            closures: Arc::clone(&project.closures),
            visitor,
            ties,
            rescue,
            travel,
            cut_counts,
            closed_stretches,
            roads_hit,
        })
    }

    /// The roads that a closure of the project hits, by name.
    #[must_use]
    pub fn roads_hit_by(&self, closure: &RoadClosure) -> &[String] {
        let at = self.closures.iter().position(|known| known.id == closure.id);
        at.and_then(|at| self.roads_hit.get(at)).map_or(&[], Vec::as_slice)
    }

    fn is_held(&self, closure: &RoadClosure) -> bool {
        let at = self.closures.iter().position(|known| known.id == closure.id);
        let hits = at.and_then(|at| self.roads_hit.get(at));
        hits.is_some_and(|hits| !holds(closure, hits))
    }

    fn is_of(&self, project: &Project) -> bool {
        self.layers.len() == project.roads.len()
            && self.layers.iter().zip(&project.roads).all(|(mine, layer)| Arc::ptr_eq(mine, &layer.roads))
            && self.water_layers.len() == water_layers(project).len()
            && self.water_layers.iter().zip(water_layers(project)).all(|(a, b)| Arc::ptr_eq(a, &b))
            && self.mode == project.parameters.mode
            && self.profile == project.parameters.profile
    }
}

/// The tables of a project that tell where water is.
fn water_layers(project: &Project) -> Vec<Arc<FeatureTable>> {
    let is_water = |role: &Role| matches!(role, Role::Context(ContextUse::Water));
    project
        .layers
        .iter()
        .filter(|layer| is_water(&layer.role))
        .map(|layer| Arc::clone(&layer.table))
        .collect()
}

/// The water of layers: areas, and lines along a coast.
#[must_use]
pub fn water<'a>(tables: impl Iterator<Item = &'a FeatureTable>) -> Water {
    let shapes =
        tables.flat_map(|table| table.features.iter().filter_map(|feature| feature.shape.as_deref()));
    let (mut areas, mut coasts): (Vec<&geo::Polygon>, Vec<&geo::LineString>) = (Vec::new(), Vec::new());
    for shape in shapes {
        match shape {
            geo::Geometry::LineString(line) => coasts.push(line),
            geo::Geometry::MultiLineString(lines) => coasts.extend(&lines.0),
            geo::Geometry::Polygon(polygon) => areas.push(polygon),
            geo::Geometry::MultiPolygon(several) => areas.extend(&several.0),
            _ => {}
        }
    }
    Water::new(areas.into_iter(), coasts.into_iter())
}

/// Was a closure made on the roads that it hits?
fn holds(closure: &RoadClosure, hits: &[String]) -> bool {
    matches!(closure.shape, ClosureShape::Area(_)) || closure.made_on.is_met_by(hits)
}

/// Do closures cut the same roads in the same way? A name or a reason is only words.
fn have_same_cuts(a: &[RoadClosure], b: &[RoadClosure]) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| {
            a.is_active == b.is_active
                && (!a.is_active || (a.shape == b.shape && a.effect == b.effect && a.made_on == b.made_on))
        })
}

/// Is there a road to follow? A file that could not be read holds none.
fn has_roads(project: &Project) -> bool {
    project.roads.iter().any(|layer| !layer.roads.is_empty())
}

impl TravelModel for Travel {
    fn method(&self) -> Method {
        self.model().method()
    }

    fn measure(&self) -> Measure {
        self.model().measure()
    }

    fn nearest(&self, pairs: Pairs<'_>, k: usize, progress: &dyn Progress) -> Result<Nearest, TravelError> {
        self.model().nearest(pairs, k, progress)
    }

    fn rows(
        &self,
        pairs: Pairs<'_>,
        cutoff: Option<Cost>,
        progress: &dyn Progress,
    ) -> Result<CostRows, TravelError> {
        self.model().rows(pairs, cutoff, progress)
    }
}

/// The stretches that each closure closes, of all their cuts in order.
fn closed_stretches(closures: &[RoadClosure], cuts: &[Cut], counts: &[usize]) -> Vec<Vec<u32>> {
    let mut rest = cuts;
    closures
        .iter()
        .zip(counts)
        .map(|(closure, count)| {
            let (own, others) = rest.split_at(*count);
            rest = others;
            let is_drawn = !matches!(closure.shape, ClosureShape::Area(_));
            let mut closed: Vec<u32> =
                own.iter().filter(|cut| is_drawn && cut.slower.is_none()).map(|cut| cut.stretch).collect();
            closed.dedup();
            closed
        })
        .collect()
}
