//! Does a project file of every version ever written open today with every edit and every figure that it had?
//! Each lies packed in a folder of `old_projects`, written by the program of its time; the README there says how.

mod figures;
mod outages;
mod rich;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use serde_json::Value;
use sotplan::app::Results;
use sotplan::app::export::Stamp;
use sotplan::app::project_tables::result_tables;
use sotplan::app::session::Session;
use sotplan::io::OpenBy;
use sotplan::io::project_file::{self, Beside, KNOWN, origin};
use sotplan::lang::{Lang, Said as _};
use sotplan::progress::Unwatched;
use sotplan::scene::qgis;

use figures::{Figures, figures};

const PROJECT: &str = "project.gpkg.gz";
const FIGURES: &str = "figures.json.gz";
const CHANGED: &str = "changed.json";

/// Before this project, figures are the same to a billionth only: 2ae8fab no longer brings what stands in SWEREF 99 TM to
/// degrees and back before it is measured, which moved it by a nanometre.
const EXACT_SINCE: &str = "06";

/// Figures that a program did not have yet: parts of their names, and the first project that has them.
const SINCE: [(&str, &str); 7] = [
    // Times, with roads (cf8a51d).
    ("/time/", "02"),
    ("/seconds", "02"),
    // What closed roads do (8f5dbb5).
    ("/within with all roads open", "03"),
    // Places are compared (6b55734).
    ("/people in limit", "04"),
    ("rank/", "04"),
    // The question that stands in the project is answered (3e10439).
    ("plan/", "05"),
    // Groups of countryside (881bcd5); those whose localities nobody can tell are one group.
    ("/countryside/", "06"),
];

/// A project file of its time, laid out with its layers where it can be opened.
struct Old {
    name: String,
    folder: tempfile::TempDir,
    figures: Figures,
    /// Figures that legitimately are others today, and what they are.
    changed: Figures,
}

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/old_projects")
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let packed = fs::File::open(path).expect("a packed file");
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).expect("whole");
    bytes
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).expect("packed");
    out.finish().expect("packed")
}

fn lay_out(folder: &Path) {
    fs::create_dir(folder.join(rich::LAYERS)).expect("a folder");
    for file in fs::read_dir(home().join("layers")).expect("layers") {
        let file = file.expect("a layer");
        fs::copy(file.path(), folder.join(rich::LAYERS).join(file.file_name())).expect("copied");
    }
}

impl Old {
    fn path(&self) -> PathBuf {
        self.folder.path().join("projekt.gpkg")
    }

    /// All of them, the oldest first.
    fn all() -> Vec<Self> {
        let entries = fs::read_dir(home()).expect("the old projects");
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder").path()).collect();
        folders.retain(|path| path.join(PROJECT).exists());
        folders.sort();
        folders.iter().map(|path| Self::laid_out(path)).collect()
    }

    fn laid_out(from: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        lay_out(folder.path());
        let name = from.file_name().expect("a name").to_string_lossy().into_owned();
        let figures = serde_json::from_slice(&unpacked(&from.join(FIGURES))).expect("figures");
        let changed = fs::read(from.join(CHANGED)).unwrap_or_else(|_| b"{}".to_vec());
        // By the reason.
        let changed: BTreeMap<String, Figures> =
            serde_json::from_slice(&changed).expect("reasons and figures");
        let old = Self { name, folder, figures, changed: changed.into_values().flatten().collect() };
        fs::write(old.path(), unpacked(&from.join(PROJECT))).expect("written");
        old
    }

    /// What is wrong with the figures of today.
    fn faults(&self, now: &Figures) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, was) in &self.figures {
            let is = now.get(name).map_or("nothing", String::as_str);
            let fault = match self.changed.get(name) {
                Some(wanted) if wanted == was => format!("{name} has not changed"),
                Some(wanted) if is != wanted => format!("{name}: {was}, {wanted} since, now {is}"),
                None if is != was && !self.is_near(was, is) => format!("{name}: {was}, now {is}"),
                _ => continue,
            };
            faults.push(fault);
        }
        for (name, wanted) in self.changed.iter().filter(|(name, _)| !self.figures.contains_key(*name)) {
            if now.get(name) != Some(wanted) {
                faults.push(format!("{name}: not the {wanted} that it was to be since"));
            }
        }
        let known = |name: &str| {
            let later = SINCE.iter().any(|(part, since)| name.contains(part) && self.name.as_str() < *since);
            later || self.figures.contains_key(name) || self.changed.contains_key(name)
        };
        faults.extend(now.keys().filter(|name| !known(name)).map(|name| format!("{name} is new")));
        faults
    }

    fn is_near(&self, was: &str, is: &str) -> bool {
        let (Ok(was), Ok(is)) = (was.parse::<f64>(), is.parse::<f64>()) else { return false };
        self.name.as_str() < EXACT_SINCE && (was - is).abs() <= 1e-9 * was.abs()
    }
}

/// The project opened as the window does, with its figures. What the window would warn of is a fault.
fn opened(path: &Path, name: &str) -> (Session, Figures) {
    let mut session = Session::new(Arc::new(|| {}), Stamp { date: "2026-11-30".into() }, None);
    session.open_project(path.to_owned(), false);
    session.settle();
    let told: Vec<String> = session.notices.iter().map(|notice| notice.said(Lang::En)).collect();
    assert!(told.is_empty(), "{name}: {told:?}");
    assert!(session.project().kept.names().is_empty(), "{name}: not understood");
    let figures = figures(session.results.as_ref().expect("figures"));
    (session, figures)
}

/// The documents of a project file, by name, as they stand there.
fn documents(path: &Path) -> BTreeMap<String, Value> {
    let file = Connection::open(path).expect("a database");
    let mut statement = file.prepare("SELECT name, json FROM sotplan_documents").expect("documents");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).expect("rows");
    rows.map(|row| row.expect("a row"))
        .map(|(name, json)| (name, serde_json::from_str(&json).expect("JSON")))
        .collect()
}

/// What of the first is not in the second, by its place.
fn lost(old: &Value, new: &Value, at: &str, out: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(members), Value::Object(others)) => {
            for (name, member) in members {
                lost(member, others.get(name).unwrap_or(&Value::Null), &format!("{at}.{name}"), out);
            }
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            for (nth, (item, other)) in items.iter().zip(others).enumerate() {
                lost(item, other, &format!("{at}.{nth}"), out);
            }
        }
        _ if old == new => {}
        _ => out.push(format!("{at}: {old} became {new}")),
    }
}

#[test]
fn every_figure_and_edit_of_every_version_is_there_today_and_after_a_save() {
    let mut faults = Vec::new();
    for old in Old::all() {
        let before = documents(&old.path());
        let (mut session, now) = opened(&old.path(), &old.name);
        let mut found = old.faults(&now);
        session.save(old.path());
        session.settle();
        assert!(!session.has_unsaved_edits() && session.contested.is_none(), "{}: not saved", old.name);
        drop(session);
        let after = documents(&old.path());
        for (name, document) in &before {
            lost(document, after.get(name).unwrap_or(&Value::Null), name, &mut found);
        }
        let (_, again) = opened(&old.path(), &old.name);
        assert_eq!(now, again, "{}: others after a save", old.name);
        faults.extend(found.into_iter().map(|fault| format!("{}: {fault}", old.name)));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Saves as the window does, but for the names of this computer and this hour.
fn save(path: &Path, results: &Results) {
    const CLOCK: &str = "2026-01-02T09:00:00+01:00";
    let by = OpenBy { who: "Eva Ek".into(), computer: "Kontoret".into(), since: CLOCK.into() };
    let tables = result_tables(results, &results.project, qgis::styles, CLOCK).expect("nobody cancels");
    let beside = Beside { results: Some(&tables), by: Some(&by), ..Beside::default() };
    project_file::save_as(path, &results.project, &beside, &Unwatched).expect("a save");
}

/// Each document with each version of it that a project file holds.
fn versions(path: &Path) -> BTreeSet<(String, i64)> {
    origin(path).expect("a project file").documents.into_iter().collect()
}

/// Every version of every document has an old project. A new one is written with `SOTPLAN_BLESS=1`.
#[test]
fn no_version_is_without_a_project() {
    let folder = tempfile::tempdir().expect("a folder");
    lay_out(folder.path());
    let path = folder.path().join("projekt.gpkg");
    let project = rich::project(folder.path());
    let results = Results::compute(&project, None, &Unwatched).expect("nobody cancels");
    save(&path, &results);
    let of_today = figures(&results);
    assert_eq!(opened(&path, "today").1, of_today, "others when it is opened");
    let newest: BTreeSet<_> = KNOWN.iter().map(|(name, version)| ((*name).to_owned(), *version)).collect();
    assert_eq!(versions(&path), newest, "rich.rs makes nothing of what raised a version");

    let old = Old::all();
    let covered: BTreeSet<_> = old.iter().flat_map(|old| versions(&old.path())).collect();
    let every =
        KNOWN.iter().flat_map(|(name, newest)| (1..=*newest).map(|version| ((*name).to_owned(), version)));
    let missing: Vec<(String, i64)> = every.filter(|version| !covered.contains(version)).collect();
    if missing.is_empty() {
        return;
    }
    let parts: Vec<String> = missing.iter().map(|(name, version)| format!("{name}-{version}")).collect();
    let name = format!("{:02}-{}", old.len() + 1, parts.join("-"));
    assert!(
        std::env::var_os("SOTPLAN_BLESS").is_some(),
        "no project has {missing:?}: see old_projects/README.md, and run this with SOTPLAN_BLESS=1 to write {name}"
    );
    let to = home().join(&name);
    fs::create_dir(&to).expect("a folder");
    fs::write(to.join(PROJECT), packed(&fs::read(&path).expect("bytes"))).expect("written");
    let text = serde_json::to_vec_pretty(&of_today).expect("JSON");
    fs::write(to.join(FIGURES), packed(&text)).expect("written");
    eprintln!("{} is written", to.display());
}
