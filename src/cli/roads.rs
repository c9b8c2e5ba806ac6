//! `sotplan travel` and `sotplan route`, and what every command says of roads.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{Route, Travel};
use super::inputs::{CostBy, RoadsSaid};
use super::notes;
use super::values::{SpeedsSaid, WinterSaid};
use crate::app::export::Stamp;
use crate::app::roads::{self, NamedPlace, TableTerms};
use crate::app::{self, load, networks};
use crate::geometry::{Crs, LonLat};
use crate::io::{LoadOptions, Loaded, RoadOptions, load_file, table_named, write_atomically};
use crate::lang::{Lang, Said};
use crate::model::travel::NoCost;
use crate::model::{
    ContextUse, LayerReport, LineColumns, RoadClosure, RoadLayer, Role, SpeedSet, TravelProfile,
};
use crate::network::{By, RoadNetwork, Snap, Water};
use crate::progress::Unwatched;
use crate::say;
use crate::units::Metres;

/// The profile that the arguments describe.
pub fn profile(said: &RoadsSaid, lang: Lang) -> Result<TravelProfile, String> {
    let mut profile = match &said.speeds {
        None => TravelProfile::default(),
        Some(SpeedsSaid::Set(set)) => set.profile(),
        Some(SpeedsSaid::File(path)) => crate::io::read_profile(path).map_err(|error| {
            let said = error.said(lang);
            if path.exists() {
                return said;
            }
            let names: Vec<&str> = SpeedSet::ALL.iter().map(|set| set.id()).collect();
            let names = names.join(", ");
            say!(lang, "{said}. Färdiga uppsättningar: {names}", "{said}. Ready sets: {names}")
        })?,
    };
    if let Some(limit) = said.max_access {
        profile.max_access = limit;
    }
    match said.winter {
        None => {}
        Some(WinterSaid::Winter) => profile.winter.is_on = true,
        Some(WinterSaid::Day(day)) => {
            profile.winter.is_on = true;
            profile.winter.day = Some(day);
        }
    }
    Ok(profile)
}

/// Reads files of roads, and the services found in them.
pub fn read(
    paths: &[PathBuf],
    said: &RoadsSaid,
    crs: Option<Crs>,
    lang: Lang,
) -> Result<(Vec<RoadLayer>, Vec<Loaded>), String> {
    let crs = super::common::layer_options(crs, None).crs_if_unsaid;
    let columns = LineColumns {
        table: None,
        class: said.class_field.clone(),
        speed: said.speed_field.clone(),
        direction: said.direction_field.clone(),
        length: said.length_field.clone(),
        name: None,
    };
    let options = RoadOptions { crs, columns };
    let mut layers = Vec::new();
    let mut services = Vec::new();
    for path in paths {
        let (path, table) = match table_named(path) {
            Some((file, table)) => (file, Some(table)),
            None => (path.clone(), None),
        };
        let columns = LineColumns { table, ..options.columns.clone() };
        let options = RoadOptions { columns, ..options.clone() };
        let (layer, found) =
            load::read_roads(&path, &options, &Unwatched).map_err(|error| error.said(lang))?;
        layers.push(layer);
        services.extend(found);
    }
    Ok((layers, services))
}

/// Reads the files of closed roads.
pub fn closures(said: &RoadsSaid, crs: Option<Crs>, lang: Lang) -> Result<Vec<RoadClosure>, String> {
    let options = super::common::layer_options(crs, None);
    let mut all = Vec::new();
    for path in &said.closed {
        let first = u32::try_from(all.len()).unwrap_or(0) + 1;
        let (closures, report) =
            roads::closures_from_file(path, &options, first, &Unwatched).map_err(|error| error.said(lang))?;
        warn(path, &report, lang);
        all.extend(closures);
    }
    Ok(all)
}

/// A closure that hits no road would be a silent nothing.
pub fn refuse_idle_closures(closures: &[RoadClosure], counts: &[usize], lang: Lang) -> Result<(), String> {
    let idle = closures.iter().zip(counts).find(|(closure, count)| closure.is_active && **count == 0);
    let Some((closure, _)) = idle else { return Ok(()) };
    let name = &closure.name;
    Err(say!(
        lang,
        "avstängningen \"{name}\" träffar ingen väg. Rita den på eller runt en väg, eller ta bort den",
        "the closure \"{name}\" hits no road. Draw it on or around a road, or leave it out"
    ))
}

/// Says what of a file was not used or not clear; standard output stays clean.
fn warn(path: &Path, report: &LayerReport, lang: Lang) {
    /// Features that are named one by one: no other file tells of them.
    const NAMED: usize = 20;
    let file = path.display();
    for refused in report.refused.iter().take(NAMED) {
        let (number, reason) = (refused.number, refused.reason.said(lang));
        let text = say!(lang, "{file}: objekt {number}: {reason}", "{file}: feature {number}: {reason}");
        super::common::warn(&text);
    }
    let left = report.refused.len().saturating_sub(NAMED);
    if left > 0 {
        let text = say!(
            lang,
            "{file}: {left} objekt till används inte",
            "{file}: {left} more features are not used"
        );
        super::common::warn(&text);
    }
    for line in notes::of_remarks(report, lang) {
        super::common::warn(&format!("{file}: {line}"));
    }
}

/// The same of files of roads.
fn warn_roads(layers: &[RoadLayer], lang: Lang) {
    for layer in layers {
        let report = &layer.roads.report;
        let assumed = notes::assumed_crs(layer, lang);
        for text in assumed.into_iter().chain(report.warnings(lang)).chain(report.left_out(lang)) {
            super::common::warn(&format!("{}: {text}", layer.name));
        }
    }
}

/// The water that a walk to a road does not cross.
fn water(said: &RoadsSaid, crs: Option<Crs>, lang: Lang) -> Result<Option<Arc<Water>>, String> {
    let options = super::common::layer_options(crs, None);
    let options = LoadOptions { role: Some(Role::Context(ContextUse::Water)), ..options };
    let mut tables = Vec::new();
    for path in &said.water {
        let loaded = load_file(path, &options, &Unwatched).map_err(|error| error.said(lang))?;
        warn(path, &loaded.table.report, lang);
        if notes::without_shores(&loaded.table) {
            super::common::warn(&notes::no_shores(&path.display().to_string(), lang));
        }
        tables.push(loaded.table);
    }
    Ok((!tables.is_empty()).then(|| Arc::new(app::travel::water(tables.iter()))))
}

/// The network of a command without people.
fn network(paths: &[PathBuf], said: &RoadsSaid, crs: Option<Crs>, lang: Lang) -> Result<RoadNetwork, String> {
    let (layers, _) = read(paths, said, crs, lang)?;
    warn_roads(&layers, lang);
    let profile = profile(said, lang)?;
    let base = networks::network(&layers.iter(), &profile, said.profile.into(), &Unwatched)
        .map_err(|error| error.said(lang))?
        .beside(water(said, crs, lang)?);
    let closures = closures(said, crs, lang)?;
    let (cuts, counts) = base.cuts_of(&closures);
    refuse_idle_closures(&closures, &counts, lang)?;
    Ok(RoadNetwork::with_cuts(&base, &cuts))
}

fn by(said: &RoadsSaid) -> By {
    match said.cost {
        Some(CostBy::Distance) => By::Distance,
        Some(CostBy::Time) | None => By::Time,
    }
}

/// Writes a table of travel costs; the error is the message for the user.
pub fn travel(said: &Travel, lang: Lang) -> Result<(), String> {
    let options = super::common::layer_options(said.crs, None);
    let read = |path: &Path| -> Result<Vec<NamedPlace>, String> {
        let (places, report) =
            roads::places_from_file(path, &options, &Unwatched).map_err(|error| error.said(lang))?;
        warn(path, &report, lang);
        Ok(places)
    };
    let (from, to) = (read(&said.from)?, read(&said.to)?);
    let network = network(&said.roads, &said.said, said.crs, lang)?;
    let terms = TableTerms {
        by: by(&said.said),
        k: said.k.map(usize::from),
        max: said.max,
        max_access: network.graph.profile.max_access,
    };
    let crossing = roads::over_water(&network, from.iter().chain(&to));
    if !crossing.is_empty() {
        super::common::warn(&notes::over_water(crossing.iter().map(String::as_str), lang));
    }
    let table =
        roads::cost_table(&network, &from, &to, terms, &Unwatched).map_err(|error| error.said(lang))?;
    write_atomically(&said.out, &[&table]).map_err(|error| error.said(lang))
}

/// Writes a route; the error is the message for the user.
pub fn route(said: &Route, lang: Lang) -> Result<(), String> {
    let network = network(&said.roads, &said.said, said.crs, lang)?;
    let limit = network.graph.profile.max_access;
    let from = on_road(&network, said.from, limit, "--from", lang)?;
    let to = on_road(&network, said.to, limit, "--to", lang)?;
    let by = by(&said.said);
    let route = network.route(&from, &to, by, &Unwatched).map_err(|error| error.said(lang))?;
    let Some(route) = route else { return Err(not_connected(&network, &from, &to, lang)) };
    let about = [
        ("profile", network.graph.mode.id().to_owned()),
        ("cost", if by == By::Time { "time" } else { "distance" }.to_owned()),
    ];
    let json = roads::route_geojson(&route, &network, [said.from, said.to], &about, &Stamp::today());
    if let Some(path) = &said.out {
        return write_atomically(path, &[&json]).map_err(|error| error.said(lang));
    }
    super::common::print_json(&json)
}

fn on_road(
    network: &RoadNetwork,
    place: LonLat,
    limit: Metres,
    which: &str,
    lang: Lang,
) -> Result<Snap, String> {
    network.snap(place, limit).map_err(|nearest| {
        let within = lang.km(limit);
        let reason = NoCost::NoRoad.said(lang);
        match nearest {
            Some(length) => {
                let away = lang.km(length);
                say!(
                    lang,
                    "{which}: {reason}. Närmaste väg ligger {away} bort, gränsen är {within} (--max-access)",
                    "{which}: {reason}. The nearest road is {away} away, the limit is {within} (--max-access)"
                )
            }
            None if network.snap(LonLat::new(place.lat, place.lon), limit).is_ok() => say!(
                lang,
                "{which}: {reason}, men med ombytta tal finns en. Skriv longitud före latitud",
                "{which}: {reason}, but with the numbers exchanged there is one. Write longitude before latitude"
            ),
            None => say!(
                lang,
                "{which}: {reason}. Inom {within} (--max-access) finns ingen",
                "{which}: {reason}. There is none within {within} (--max-access)"
            ),
        }
    })
}

/// Names the pieces of the network on which the two places lie, or what parts them within one.
fn not_connected(network: &RoadNetwork, from: &Snap, to: &Snap, lang: Lang) -> String {
    // A piece is a matter of the land: it does not know closures, turns and private roads.
    let piece_number = |snap: &Snap| network.graph.stretch_pieces.get(snap.stretch as usize).copied();
    if network.piece_of(from).is_some() && piece_number(from) == piece_number(to) {
        let between = if network.overlay().is_empty() {
            lang.pick(
                "bara enskilda vägar eller förbjudna svängar ligger emellan",
                "only private roads or forbidden turns lie between them",
            )
        } else {
            lang.pick("avstängda vägar ligger emellan", "closed roads lie between them")
        };
        return say!(
            lang,
            "platserna är inte förbundna längs väg: {between}",
            "the places are not connected by road: {between}"
        );
    }
    let piece = |snap: &Snap| {
        network.piece_of(snap).map_or_else(
            || {
                lang.pick(
                    "en väg som bara kan lämnas eller bara nås",
                    "a road that can only be left or only be reached",
                )
                .to_owned()
            },
            |piece| {
                let km =
                    lang.number(f64::from(u32::try_from(piece.road_m / 100).unwrap_or(u32::MAX)) / 10.0, 1);
                say!(
                    lang,
                    "en del av vägnätet med {km} km väg",
                    "a piece of the network with {km} km of road"
                )
            },
        )
    };
    let (from, to) = (piece(from), piece(to));
    let closed = if network.overlay().is_empty() {
        ""
    } else {
        lang.pick(". Vägar är avstängda (--closed)", ". Roads are closed (--closed)")
    };
    say!(
        lang,
        "platserna är inte förbundna längs väg: den första ligger på {from}, den andra på {to}{closed}",
        "the places are not connected by road: the first lies on {from}, the second on {to}{closed}"
    )
}
