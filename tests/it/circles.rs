//! Do files use each other in circles? None may, but where an algorithm is recursive over its parts. Read from the
//! sources: what each file imports or names by a path, re-exports followed to where the thing is defined.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

/// Circles that are meant, each within one folder: their files, and the recursion.
const MEANT: [(&[&str], &str); 2] = [
    (
        &["location/branch.rs", "location/perturbation.rs"],
        "a search of a neighbourhood is a search of its own, over fewer sites",
    ),
    (
        &["location/capacity.rs", "location/feasible.rs", "location/form.rs", "location/reduce.rs"],
        "a form is reduced, completed and priced by parts that ask it what a set of sites does",
    ),
];

/// A module by its path: `io::geojson`.
type Module = Vec<String>;

pub(crate) struct Sources {
    /// By module: its file below `src`, without comments and tests.
    files: BTreeMap<Module, (String, String)>,
    /// What a module re-exports: by module and name, the path meant.
    exports: BTreeMap<(Module, String), Module>,
}

fn names(path: &str) -> Module {
    path.split("::").map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn without_tests_and_comments(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n");
    let code = code.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    // A visibility names a module and uses nothing of it.
    let mut parts = code.split("pub(in ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + "pub" + part.split_once(')').map_or("", |(_, rest)| rest))
}

/// The paths of a tree of imports: `a::{b, c::d}` are `a::b` and `a::c::d`.
fn leaves(tree: &str, before: &str, out: &mut Vec<String>) {
    let Some((head, rest)) = tree.split_once('{') else {
        let name = tree.split(" as ").next().unwrap_or_default().trim();
        if !name.is_empty() {
            out.push(format!("{before}{name}"));
        }
        return;
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut depth, mut from) = (0, 0);
    for (at, sign) in inner.char_indices().chain([(inner.len(), ',')]) {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                leaves(&inner[from..at], &format!("{before}{}", head.trim()), out);
                from = (at + 1).min(inner.len());
            }
            _ => {}
        }
    }
}

/// The imports of a file, and whether each is passed on.
fn imports(code: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let line_begins = code[..at].rfind('\n').map_or(0, |line| line + 1);
        let before = code[line_begins..at].trim();
        if !(before.is_empty() || before.starts_with("pub") && !before.contains(' ')) {
            continue;
        }
        let statement = code[at + 4..].split(';').next().unwrap_or_default();
        let mut paths = Vec::new();
        leaves(&statement.replace('\n', " "), "", &mut paths);
        found.extend(paths.into_iter().map(|path| (path, !before.is_empty())));
    }
    found
}

/// Every path of two names and more that stands anywhere, but the stem of a tree of imports.
fn paths(code: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.split(|c: char| !is_part(c))
        .filter(|path| !path.ends_with("::") && path.trim_matches(':').contains("::"))
        .map(|path| path.trim_matches(':').to_owned())
        .collect()
}

impl Sources {
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut out = Self { files: BTreeMap::new(), exports: BTreeMap::new() };
        out.folder(&root, &root);
        out.find_exports();
        out
    }

    fn find_exports(&mut self) {
        let mut exports = BTreeMap::new();
        for (module, (_, code)) in &self.files {
            for (path, _) in imports(code).into_iter().filter(|(_, is_passed_on)| *is_passed_on) {
                if let (Some(target), Some(name)) = (self.absolute(module, &path), names(&path).pop()) {
                    exports.insert((module.clone(), name), target);
                }
            }
        }
        self.exports = exports;
    }

    fn folder(&mut self, root: &Path, folder: &Path) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                self.folder(root, &path);
                continue;
            }
            let file = path.strip_prefix(root).expect("below src").to_string_lossy().replace('\\', "/");
            if path.extension().is_none_or(|ending| ending != "rs")
                || file == "main.rs"
                || file == "lib.rs"
                || file.ends_with("tests.rs")
            {
                continue;
            }
            let module = file.trim_end_matches(".rs").trim_end_matches("/mod");
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            self.files.insert(names(&module.replace('/', "::")), (file, without_tests_and_comments(&text)));
        }
    }

    /// A path seen from the root.
    fn absolute(&self, module: &Module, path: &str) -> Option<Module> {
        let mut rest = names(path);
        let mut base = module.clone();
        match rest.first()?.as_str() {
            "crate" => return Some(rest.split_off(1)),
            "self" => rest = rest.split_off(1),
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop();
                    rest.remove(0);
                }
            }
            first => {
                let child: Module = module.iter().cloned().chain([first.to_owned()]).collect();
                self.files.contains_key(&child).then_some(())?;
            }
        }
        base.extend(rest);
        Some(base)
    }

    /// The file in which a thing is defined.
    fn home(&self, path: &[String], steps: usize) -> Option<&str> {
        for length in (1..=path.len()).rev() {
            let module = path[..length].to_vec();
            let Some((file, _)) = self.files.get(&module) else { continue };
            let name = path.get(length).cloned().unwrap_or_default();
            return match self.exports.get(&(module, name)) {
                Some(target) if steps < 6 && *target != path[..=length] => {
                    let further: Module = target.iter().chain(&path[length + 1..]).cloned().collect();
                    self.home(&further, steps + 1)
                }
                _ => Some(file),
            };
        }
        None
    }

    /// Each file with the files that it uses.
    pub(crate) fn edges(&self) -> impl Iterator<Item = (&str, BTreeSet<String>)> {
        self.files.iter().map(|(module, (file, _))| (file.as_str(), self.uses(module)))
    }

    /// Sources that a test writes: paths below `src`, and what stands in them.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(name, code)| {
            let module = name.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
            (names(&module), ((*name).to_owned(), without_tests_and_comments(code)))
        });
        let mut out = Self { files: files.collect(), exports: BTreeMap::new() };
        out.find_exports();
        out
    }

    fn uses(&self, module: &Module) -> BTreeSet<String> {
        let (own, code) = &self.files[module];
        let imported = imports(code).into_iter().map(|(path, _)| path);
        let named = imported.chain(paths(code)).filter_map(|path| self.absolute(module, &path));
        let homes = named.filter_map(|path| self.home(&path, 0).map(str::to_owned));
        homes.filter(|file| file != own).collect()
    }
}

fn circles(sources: &Sources) -> BTreeSet<Vec<String>> {
    let mut graph = DiGraph::new();
    let nodes: BTreeMap<&str, _> =
        sources.files.values().map(|(file, _)| (file.as_str(), graph.add_node(file.clone()))).collect();
    for module in sources.files.keys() {
        for used in sources.uses(module) {
            graph.add_edge(nodes[sources.files[module].0.as_str()], nodes[used.as_str()], ());
        }
    }
    let found = tarjan_scc(&graph).into_iter().filter(|circle| circle.len() > 1);
    found
        .map(|circle| {
            let mut files: Vec<String> = circle.into_iter().map(|node| graph[node].clone()).collect();
            files.sort();
            files
        })
        .collect()
}

#[test]
fn files_use_each_other_in_no_circle_but_where_an_algorithm_is_recursive() {
    let sources = Sources::read();
    assert!(sources.files.len() > 150, "the sources are where they are expected");
    let meant: BTreeSet<Vec<String>> =
        MEANT.iter().map(|(files, _)| files.iter().map(ToString::to_string).collect()).collect();
    for files in &meant {
        let folders: BTreeSet<&str> =
            files.iter().filter_map(|file| Some(file.rsplit_once('/')?.0)).collect();
        assert_eq!(folders.len(), 1, "a circle stays inside its folder: {files:?}");
    }
    assert_eq!(circles(&sources), meant);
}

/// A rule that sees nothing keeps nothing.
#[test]
fn circles_are_seen() {
    let sources = Sources::of(&[
        ("a.rs", "pub use b::Thing;\nmod b;\nmod c;"),
        ("a/b.rs", "use super::c::{self, other::{x, y}};\npub(in crate::a) struct Thing;"),
        ("a/c.rs", "fn f() { crate::a::Thing; } // crate::d"),
        ("d.rs", "use crate::a::Thing;\n#[cfg(test)]\nuse crate::e::x;"),
        ("e.rs", "use crate::d::y;"),
    ]);
    assert_eq!(circles(&sources), BTreeSet::from([vec!["a/b.rs".to_owned(), "a/c.rs".to_owned()]]));
}
