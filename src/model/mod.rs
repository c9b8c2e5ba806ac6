//! The nouns and their invariants: layers, services, demand, places, parameters, edits, project.
//! Does not know files, graphs, clocks or threads.

mod amendment;
mod area_names;
mod attribute;
mod column_use;
mod comparison;
mod difference;
mod encoding;
mod evidence;
mod factor;
mod finding;
mod folded;
mod held;
mod join;
pub mod joining;
mod kept;
mod kind;
mod layer;
mod load;
mod month_day;
pub mod outage;
mod parameters;
mod people_group;
mod plan;
pub mod process;
mod profile;
mod project;
mod ranking;
mod reading;
pub mod recognise;
mod report;
mod road_layer;
pub mod roads;
mod rural;
pub mod site;
mod situation;
mod status;
mod table;
mod tie;
pub mod travel;
mod written;

pub use amendment::{Amendment, LeftOut, Settled};
pub use attribute::{AttributeDef, AttributeType, Fact, FactValue, STORE_ATTRIBUTES, attribute};
pub use column_use::column_use;
pub use comparison::{Compared, Side};
pub use difference::Difference;
pub use encoding::{FileEncoding, TextEncoding};
pub use evidence::{Evidence, EvidenceKind, is_evidence_date};
pub use factor::{Direction, Factor, FactorSource, FactorUnit};
pub use finding::FindingKind;
pub use held::{Held, HeldWhy, Identity, Tie};
pub use join::{Added, Gives, Join, Joined, Key, Pair, Sharing, Unmet, Why};
pub use kept::{Kept, Unknown};
pub use kind::{KindMap, KindSet, ServiceKind};
pub use layer::{AreaFields, ContextUse, KindRule, Layer, LayerId, Role, SourceFile, SourcePlace};
pub use load::{Load, LoadHours, PowerAssumptions};
pub use month_day::MonthDay;
pub use parameters::{Parameters, Stages};
pub use people_group::PeopleGroup;
pub use plan::{PlanBook, PlanFigures, PlanProof, PlanSite, Scenario};
pub use profile::{
    CAR_WEIGHT_RANGE_T, Mode, NO_CAP_KMH, SPEED_RANGE_KMH, SpeedSet, Tracks, TravelProfile, Winter,
};
pub use project::{AddedService, Bookmark, Project, TrialPoint};
pub use ranking::{Exclusion, FactorSetting, Judgement, MissingRule, RankingModel, Scope, ValueFunction};
pub use reading::{Condition, Meaning, Reading, Test};
pub use report::{AreaWays, LayerReport, Message, Refusal, Refused, Remark, RemarkKind};
pub use road_layer::{
    ClosureEffect, ClosureShape, LineColumns, MadeOn, RoadClosure, RoadLayer, SLOWER_RANGE,
};
pub use rural::{RuralGroup, RuralTerms};
pub use site::{SiteId, TrialId};
pub use situation::{
    Area, AreaIndex, AreaIx, Bound, CountedTwice, Demand, DemandOrigin, FileStatus, Service, ServiceIx,
    ServiceOrigin, Situation, SotPlace, Town, polygons_of,
};
pub use status::SotStatus;
pub use table::{
    Column, ColumnType, Entry, Feature, FeatureTable, Mapped, Placeless, PlacelessRow, Row, TableBuilder,
    free_name,
};
pub use tie::Suggestion;
