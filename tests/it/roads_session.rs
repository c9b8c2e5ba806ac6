//! Roads in a running session: opened, closed, saved, and opened again with all that belongs to them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sotplan::app::command::Command;
use sotplan::app::export::Stamp;
use sotplan::app::session::Session;
use sotplan::geometry::LonLat;
use sotplan::lang::Lang;
use sotplan::model::{
    ClosureEffect, ClosureShape, ContextUse, MadeOn, Parameters, RoadClosure, Role, ServiceKind, SourcePlace,
};
use sotplan::units::Measure;

const ROADS: &str = r#"<osm version="0.6">
<node id="1" lat="63.20" lon="14.50"/><node id="2" lat="63.20" lon="14.58"/><node id="3" lat="63.20" lon="14.66"/>
<node id="4" lat="63.2001" lon="14.65"><tag k="shop" v="supermarket"/><tag k="name" v="Affären"/></node>
<node id="5" lat="63.2001" lon="14.64"><tag k="amenity" v="fuel"/></node>
<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="secondary"/></way>
<way id="2"><nd ref="2"/><nd ref="3"/><tag k="highway" v="secondary"/></way></osm>"#;

const PEOPLE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"beftotalt":40},"geometry":{"type":"Point","coordinates":[14.51,63.201]}},
{"type":"Feature","properties":{"beftotalt":60},"geometry":{"type":"Point","coordinates":[14.62,63.201]}}]}"#;

fn session() -> Session {
    Session::new(Arc::new(|| {}), Stamp::default(), None)
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

fn mean_min(session: &Session) -> f64 {
    let results = session.results.as_ref().expect("figures");
    let summary = &results.kind(ServiceKind::Grocery).expect("groceries").summary;
    summary.times.expect("times").mean.expect("a mean").seconds().minutes()
}

#[test]
fn a_project_with_roads_opens_as_it_was_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = session();
    // The roads are asked for while the people are read: they wait, and come.
    session.open_files(vec![write(folder.path(), "people.geojson", PEOPLE)]);
    session.open_files(vec![write(folder.path(), "by.osm", ROADS)]);
    session.settle();
    assert_eq!((session.project().layers.len(), session.project().roads.len()), (1, 1));
    assert_eq!(session.found.len(), 2, "a shop and a pump are offered, not added");
    session.add_found(&[0, 1], Lang::En);
    let names: Vec<_> = session.project().layers.iter().map(|layer| layer.name.as_str()).collect();
    assert!(names.contains(&"by – fuel"), "named in the language of the window: {names:?}");
    let pump = session.project().layers.iter().find(|layer| layer.source.part.as_deref() == Some("fuel"));
    let pump = pump.expect("the layer of pumps").id;
    session.edit(Command::SetRole(pump, Role::Context(ContextUse::Other)), None);
    let parameters = Parameters { measure: Measure::Time, ..session.project().parameters.clone() };
    session.edit(Command::SetParameters(Box::new(parameters)), None);
    let closure = RoadClosure {
        id: 1,
        name: "Bron".into(),
        reason: "ras".into(),
        shape: ClosureShape::Point(LonLat::new(14.55, 63.2)),
        effect: ClosureEffect::Slower(3.0),
        is_active: true,
        made_on: MadeOn::Unsaid,
    };
    session.edit(Command::AddClosure(closure), None);
    session.settle();
    let minutes = mean_min(&session);
    session.save(folder.path().join("by.gpkg"));
    session.settle();

    let mut again = self::session();
    again.open_project(folder.path().join("by.gpkg"), false);
    again.settle();
    assert!((mean_min(&again) - minutes).abs() < 1e-9);
    assert_eq!(*again.project().closures, *session.project().closures);
    // The layer found in the road file keeps what the user made of it.
    let pump = again.project().layer(pump).expect("the layer of pumps");
    assert_eq!((&pump.role, pump.table.features.len()), (&Role::Context(ContextUse::Other), 1));

    // Roads that cannot be read are no roads: the figures fall back to the labelled straight line.
    std::fs::remove_file(folder.path().join("by.osm")).expect("a removal");
    let mut without = self::session();
    without.open_project(folder.path().join("by.gpkg"), false);
    without.settle();
    assert_eq!(without.project().roads.len(), 1, "the file is not forgotten");
    let results = without.results.as_ref().expect("figures");
    assert!(results.travel.road().is_none(), "no roads, no figures by road");
    let SourcePlace::File(path) = &without.project().roads[0].source.place else { panic!("a file") };
    assert!(path.ends_with("by.osm"));
}
