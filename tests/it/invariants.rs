//! Do the sources keep the architecture? Each rule is an absence: names that must not occur where they would
//! tie modules together. Comments are not looked at; tests beside the code may open files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::circles::Sources;

/// Modules and what each may use of the others. `app` composes; `cli` and `ui` call it.
const MAY_USE: [(&str, &[&str]); 20] = [
    ("units", &[]),
    ("random", &[]),
    ("progress", &[]),
    ("lang", &["units"]),
    ("geometry", &["units"]),
    ("model", &["units", "progress", "lang", "geometry"]),
    ("io", &["units", "progress", "lang", "geometry", "model"]),
    ("travel", &["units", "progress", "lang", "geometry", "model"]),
    ("network", &["units", "progress", "lang", "geometry", "model"]),
    ("analysis", &["units", "progress", "lang", "geometry", "model"]),
    ("siting", &["units", "random", "progress", "lang", "geometry", "model", "analysis"]),
    ("location", &["random", "progress", "lang"]),
    ("power", &["lang", "model"]),
    ("outage", &["units", "random", "lang", "model"]),
    ("app", CORE),
    ("scene", CORE_AND_APP),
    ("report", CORE_APP_AND_SCENE),
    ("cli", ALL_BELOW),
    ("ui", ALL_BELOW),
    // The library's root and the program only name modules.
    (
        "",
        &[
            "units", "random", "progress", "lang", "geometry", "model", "io", "travel", "network",
            "analysis", "siting", "location", "power", "outage", "app", "scene", "report", "cli", "ui",
        ],
    ),
];
const CORE: &[&str] = &[
    "units", "random", "progress", "lang", "geometry", "model", "io", "travel", "network", "analysis",
    "siting", "location", "power", "outage",
];
const CORE_AND_APP: &[&str] = &[
    "units", "random", "progress", "lang", "geometry", "model", "io", "travel", "network", "analysis",
    "siting", "location", "power", "outage", "app",
];

const ALL_BELOW: &[&str] = &[
    "units", "random", "progress", "lang", "geometry", "model", "io", "travel", "network", "analysis",
    "siting", "location", "power", "outage", "app", "scene", "report",
];

const CORE_APP_AND_SCENE: &[&str] = &[
    "units", "random", "progress", "lang", "geometry", "model", "io", "travel", "network", "analysis",
    "siting", "location", "power", "outage", "app", "scene",
];

/// Borders inside a module: what lies under the first names uses nothing that lies under the second.
const INNER_BORDERS: [(&[&str], &[&str], &str); 6] = [
    (
        &["ui/state/", "ui/context.rs", "ui/action.rs", "ui/simple.rs"],
        &["ui/map/", "ui/panels/", "ui/frame/", "ui/steps/", "ui/app.rs", "ui/perform.rs"],
        "what is remembered and pushed knows nobody who draws",
    ),
    (
        &["ui/widgets.rs", "ui/table.rs", "ui/theme.rs", "ui/icons.rs", "ui/closures.rs"],
        &["ui/map/", "ui/panels/", "ui/frame/", "ui/steps/", "ui/app.rs", "ui/perform.rs"],
        "what panels and map share knows neither",
    ),
    (
        &["ui/map/"],
        &[
            "ui/panels/",
            "ui/frame/",
            "ui/steps/",
            "ui/window.rs",
            "ui/app.rs",
            "ui/perform.rs",
            "ui/files.rs",
        ],
        "the map asks no panel and does nothing itself",
    ),
    (
        &["ui/panels/"],
        &["ui/map/", "ui/frame/", "ui/steps/", "ui/window.rs", "ui/app.rs", "ui/perform.rs", "ui/files.rs"],
        "a panel pushes actions; it knows neither the map nor who performs them",
    ),
    (
        &["ui/frame/", "ui/steps/"],
        &["ui/map/", "ui/window.rs", "ui/app.rs", "ui/perform.rs", "ui/files.rs"],
        "the frame pushes actions too",
    ),
    (
        &[
            "io/geojson/",
            "io/gpkg/",
            "io/delimited.rs",
            "io/osm/",
            "io/lines/",
            "io/features/",
            "io/input.rs",
            "io/content.rs",
        ],
        &["io/open.rs", "io/road_file.rs", "io/formats.rs"],
        "a reader never asks the door",
    ),
];

/// Files outside `io` that may touch the file system, each with its reason.
const MAY_TOUCH_FILES: [(&str, &str); 1] = [("app/outputs.rs", "makes the folder that io then writes into")];

/// Files that open a file for writing themselves, each with its reason.
const MAY_OPEN_FOR_WRITING: [(&str, &str); 3] = [
    (
        "io/project_file/container.rs",
        "an empty temporary file, moved to its place when the transaction is done",
    ),
    (
        "io/project_file/lock.rs",
        "who has a project open, held by a lock: worth nothing once the program has ended",
    ),
    ("io/settings_file.rs", "a lock that tells whether another program is running; it holds nothing"),
];

struct Source {
    /// Below `src`, with slashes.
    path: String,
    text: String,
    /// Without comments.
    code: String,
    /// Without comments and without the tests at its end; empty for a file of tests.
    program: String,
}

impl Source {
    fn read(root: &Path, path: &Path) -> Self {
        let relative = path.strip_prefix(root).expect("below src");
        let parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let code = without_comments(&text);
        let path = parts.join("/");
        let is_tests = path.ends_with("tests.rs") || path.contains("/tests/");
        let program = if is_tests { "" } else { code.split("#[cfg(test)]").next().unwrap_or_default() };
        Self { program: program.to_owned(), path, text, code }
    }

    /// The top-level module.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        match first.strip_suffix(".rs") {
            Some("lib" | "main") => "",
            Some(module) => module,
            None => first,
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &mut found);
    found.sort();
    assert!(found.len() > 30, "the sources are where they are expected");
    found.iter().map(|path| Source::read(&root, path)).collect()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The text without `//` comments; a `//` inside a string stays.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let is_outside_strings = |at: &usize| {
            let before = &line[..*at];
            (before.matches('"').count() - before.matches("\\\"").count()).is_multiple_of(2)
        };
        let end = line.match_indices("//").map(|(at, _)| at).find(is_outside_strings);
        out.push_str(&line[..end.unwrap_or(line.len())]);
        out.push('\n');
    }
    out
}

/// Places where a word stands as a whole, not as a part of a longer name.
fn whole_words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let goes_on = word.ends_with(is_name) && code[*at + word.len()..].starts_with(is_name);
        !goes_on && !code[..*at].ends_with(is_name)
    })
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// Every file and line where one of the words stands, in files that the rule looks at.
fn places(sources: &[Source], words: &[&str], looks_at: impl Fn(&Source) -> bool, whole: bool) -> String {
    let mut out = String::new();
    for source in sources.iter().filter(|source| looks_at(source)) {
        let code = if whole { &source.code } else { &source.program };
        for word in words {
            for at in whole_words(code, word) {
                let _ = writeln!(out, "src/{}:{}: {word}", source.path, line_of(code, at));
            }
        }
    }
    out
}

#[test]
fn only_the_window_knows_the_window() {
    let words = [
        "egui",
        "eframe",
        "walkers",
        "rfd",
        "egui_extras",
        "egui_plot",
        "egui_material_icons",
        "winit",
        "wgpu",
    ];
    let paths: Vec<String> = words.iter().map(|word| format!("{word}::")).collect();
    let uses: Vec<String> = words.iter().map(|word| format!("use {word};")).collect();
    let all: Vec<&str> = paths.iter().chain(&uses).map(String::as_str).collect();
    let found = places(&sources(), &all, |source| source.module() != "ui" && source.path != "main.rs", true);
    assert_eq!(found, "");
}

#[test]
fn only_io_touches_files() {
    let words = ["std::fs", "fs::", "File::", "OpenOptions", "AtomicWriteFile", "rusqlite::"];
    let allowed: BTreeMap<&str, &str> = MAY_TOUCH_FILES.into();
    let looks_at = |source: &Source| source.module() != "io" && !allowed.contains_key(source.path.as_str());
    // `SourceFile::name` ends in `File::` but opens nothing: only whole words count.
    assert_eq!(places(&sources(), &words, looks_at, false), "");
}

#[test]
fn every_save_is_atomic() {
    let sources = sources();
    let found = places(&sources, &["fs::write", "File::create"], |_| true, false);
    assert_eq!(found, "", "a save goes through atomic_write_file or a transaction");
    let allowed: BTreeMap<&str, &str> = MAY_OPEN_FOR_WRITING.into();
    let looks_at = |source: &Source| !allowed.contains_key(source.path.as_str());
    assert_eq!(places(&sources, &["File::options", "OpenOptions"], looks_at, false), "");
}

#[test]
fn every_file_says_what_it_answers() {
    for source in sources() {
        assert!(source.text.starts_with("//! "), "src/{} does not begin with `//!`", source.path);
    }
}

/// A function is at most 60 lines by `clippy.toml`.
#[test]
fn a_long_file_says_why_it_is_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in ["src", "tests", "benches"] {
        collect(&root.join(folder), &mut found);
    }
    for path in found {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let says_why = || text.lines().take(3).any(|line| line.contains("Longer than 500 lines:"));
        assert!(
            text.lines().count() <= 500 || says_why(),
            "{}: cut it, or say `Longer than 500 lines:` and why",
            path.display()
        );
    }
}

#[test]
fn only_the_command_line_prints() {
    let words = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    let found =
        places(&sources(), &words, |source| source.module() != "cli" && source.path != "main.rs", false);
    assert_eq!(found, "");
}

/// The window asks `app` what it wants to know of roads, so that ways may be made by another maker. What it is answered
/// with (a leg, a place on a road) it may name.
#[test]
fn the_window_knows_no_road_network() {
    let words = [
        "travel.road()",
        ".network()",
        "Travel::Road",
        "RoadNetwork",
        "RoadTravel",
        "network::Graph",
        ".graph",
    ];
    assert_eq!(places(&sources(), &words, |source| source.module() == "ui", false), "");
}

#[test]
fn nothing_is_unsafe_or_left_to_do() {
    let words = ["unsafe", "todo!", "unimplemented!"];
    assert_eq!(places(&sources(), &words, |_| true, true), "");
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let may_use: BTreeMap<&str, &[&str]> = MAY_USE.into();
    let mut found = String::new();
    for source in sources() {
        let module = source.module().to_owned();
        let Some(allowed) = may_use.get(module.as_str()) else {
            panic!("src/{}: the module {module} has no place in the architecture", source.path);
        };
        for (at, used) in used_modules(&source) {
            let is_module = may_use.contains_key(used.as_str());
            if is_module && used != module && !allowed.contains(&used.as_str()) {
                let _ = writeln!(
                    found,
                    "src/{}:{}: {module} uses {used}",
                    source.path,
                    line_of(&source.code, at)
                );
            }
        }
    }
    assert_eq!(found, "");
}

/// What crosses a border inside a module, a line each.
fn crossings(sources: &Sources) -> String {
    let lies_in = |file: &str, places: &[&str]| places.iter().any(|place| file.starts_with(place));
    let mut found = String::new();
    for (file, used) in sources.edges() {
        for (users, forbidden, why) in INNER_BORDERS.iter().filter(|(users, ..)| lies_in(file, users)) {
            for used in used.iter().filter(|used| lies_in(used, forbidden) && !lies_in(used, users)) {
                let _ = writeln!(found, "src/{file} uses src/{used}: {why}");
            }
        }
    }
    found
}

#[test]
fn parts_of_the_window_and_of_reading_keep_their_borders() {
    let sources = Sources::read();
    let files: Vec<&str> = sources.edges().map(|(file, _)| file).collect();
    for place in INNER_BORDERS.iter().flat_map(|(users, forbidden, _)| users.iter().chain(*forbidden)) {
        assert!(files.iter().any(|file| file.starts_with(place)), "src/{place} is no longer there");
    }
    assert_eq!(crossings(&sources), "");
}

/// Each border is seen to be broken, by an import, a path in the code, and a name passed on.
#[test]
fn a_broken_border_is_seen() {
    let broken = |user: &str, code: &str| {
        crossings(&Sources::of(&[
            (user, code),
            ("ui/mod.rs", "pub use self::app::App;\nmod app;"),
            ("ui/app.rs", "pub struct App;"),
            ("ui/map/mod.rs", "mod camera;\npub use self::camera::Camera;"),
            ("ui/map/camera.rs", "pub struct Camera;"),
            ("ui/panels/mod.rs", "pub mod closures;"),
            ("ui/panels/closures.rs", "pub fn add() {}"),
            ("io/open.rs", "pub fn open() {}"),
            ("io/formats.rs", "pub fn sniff() {}"),
        ]))
    };
    let first = |user: &str, code: &str| broken(user, code).split(':').next().unwrap_or_default().to_owned();
    assert_eq!(
        first("ui/map/closures.rs", "use crate::ui::panels::closures::{add, road_at};"),
        "src/ui/map/closures.rs uses src/ui/panels/closures.rs"
    );
    assert_eq!(
        first("ui/map/menu.rs", "fn f() { super::super::panels::closures::add(); }"),
        "src/ui/map/menu.rs uses src/ui/panels/closures.rs"
    );
    assert_eq!(
        first("ui/panels/places.rs", "use crate::ui::map::Camera;"),
        "src/ui/panels/places.rs uses src/ui/map/camera.rs"
    );
    assert_eq!(
        first("ui/panels/plan/mod.rs", "use crate::ui::App;"),
        "src/ui/panels/plan/mod.rs uses src/ui/app.rs"
    );
    assert_eq!(
        first("io/gpkg/mod.rs", "use crate::io::{IoError, open::open};"),
        "src/io/gpkg/mod.rs uses src/io/open.rs"
    );
    assert_eq!(
        first("io/delimited.rs", "let format = super::formats::sniff();"),
        "src/io/delimited.rs uses src/io/formats.rs"
    );
    assert_eq!(broken("ui/map/pointer.rs", "use super::camera::Camera; // crate::ui::panels::closures"), "");
    assert_eq!(broken("ui/window.rs", "use super::panels::closures::add;\nuse super::map::Camera;"), "");
}

/// Names right after `crate::`, `sotplan::`, or a chain of `super::` that ends at the root.
fn used_modules(source: &Source) -> Vec<(usize, String)> {
    let code = &source.code;
    let mut used = Vec::new();
    for root in ["crate::", "sotplan::"] {
        for at in whole_words(code, root) {
            used.extend(names_after(&code[at + root.len()..]).into_iter().map(|name| (at, name)));
        }
    }
    let depth = source.path.matches('/').count() + usize::from(!source.path.ends_with("mod.rs"));
    let to_root = "super::".repeat(depth.max(1));
    for (at, _) in code.match_indices(&to_root) {
        let rest = &code[at + to_root.len()..];
        // One step more is taken inside a module of tests.
        let rest = rest.strip_prefix("super::").unwrap_or(rest);
        if depth > 1 || source.path.ends_with("mod.rs") {
            used.extend(names_after(rest).into_iter().map(|name| (at, name)));
        }
    }
    used
}

/// The first name of a path, or of each path of a group in braces.
fn names_after(rest: &str) -> Vec<String> {
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut from = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(name(group[from..at].trim_start()));
                from = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

/// The rules above are worth nothing if the scanner sees nothing.
#[test]
fn the_scanner_sees() {
    let source = |path: &str, text: &str| Source {
        path: path.into(),
        text: text.into(),
        code: without_comments(text),
        program: without_comments(text),
    };
    let used = |path: &str, text: &str| {
        used_modules(&source(path, text)).into_iter().map(|(_, name)| name).collect::<Vec<_>>()
    };
    assert_eq!(
        used("analysis/x.rs", "use crate::{io::IoError, siting::{a, b}, units};"),
        ["io", "siting", "units"]
    );
    assert_eq!(used("analysis/x.rs", "let a = crate::app::demo::project(); // crate::ui"), ["app"]);
    assert_eq!(used("analysis/x.rs", "use super::super::ui;"), ["ui"]);
    assert_eq!(used("analysis/mod.rs", "use super::ui;"), ["ui"]);
    assert_eq!(source("io/geojson/mod.rs", "").module(), "io");
    assert_eq!(source("units.rs", "").module(), "units");
    let sources = [source(
        "app/x.rs",
        "let f = std::fs::read(a);\nlet s = SourceFile::name(\"// egui::Ui\"); egui::Ui;",
    )];
    assert_eq!(places(&sources, &["std::fs", "File::"], |_| true, true), "src/app/x.rs:1: std::fs\n");
    assert_eq!(places(&sources, &["egui::"], |_| true, true).lines().count(), 2, "strings are looked at too");
}
