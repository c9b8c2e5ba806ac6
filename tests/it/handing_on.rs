//! Does a packed project give the same figures on a computer that has none of its files?

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::edges::bench::{Bench, point, sweref};

/// Runs the program in the folder, with a home of its own.
fn run(bench: &Bench, arguments: &str) -> Output {
    let home = bench.path("hem");
    Command::new(env!("CARGO_BIN_EXE_sotplan"))
        .args(arguments.split_whitespace())
        .args(["--lang", "en"])
        .current_dir(bench.path(""))
        .env("HOME", &home)
        .env("XDG_CACHE_HOME", home.join("cache"))
        .output()
        .expect("the program starts")
}

fn succeeds(bench: &Bench, arguments: &str) -> String {
    let done = run(bench, arguments);
    assert!(done.status.success(), "{arguments}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

fn refused(bench: &Bench, arguments: &str) -> String {
    let done = run(bench, arguments);
    assert!(!done.status.success(), "{arguments} should be refused");
    String::from_utf8_lossy(&done.stderr).into_owned()
}

fn sources() -> Bench {
    let bench = Bench::new();
    bench.write(
        "rutor.csv",
        "rutid,beftotalt\n4800007010000,10\n4810007010000,30\n4900007010000,7\n4950007010000,4\n",
    );
    bench.write(
        "äldre.csv",
        "Ruta;65+\n4800007010000;4\n4810007010000;12\n4900007010000;7\n4950007010000;1\n",
    );
    let stores: Vec<Value> = [("Åsbutiken", 480_500.0), ("Byboden", 490_500.0)]
        .map(|(name, e)| point(e, 7_010_500.0, json!({"name": name, "staffing": "staffed"})))
        .into();
    bench.put("butiker.geojson", &sweref(&stores));
    bench
}

const INPUTS: &str = "--population rutor.csv --join äldre.csv --grocery butiker.geojson --threshold 5km";

#[test]
fn a_packed_project_has_its_figures_with_it() {
    let bench = sources();
    let told = succeeds(&bench, &format!("new projekt.gpkg --name Ås {INPUTS}"));
    assert!(told.contains("a new project with 2 layers"), "{told}");
    assert!(refused(&bench, &format!("new projekt.gpkg {INPUTS}")).contains("exists already"));
    let compare = "--places added-none --json";
    assert!(
        refused(&bench, &format!("compare --project projekt.gpkg {compare} --out x")).contains("added-none")
    );
    let stores = "Åsbutiken,Byboden";
    succeeds(&bench, &format!("compare --project projekt.gpkg --places {stores} --out before"));
    let told = succeeds(&bench, "pack projekt.gpkg --out packat.gpkg");
    assert!(told.contains("3 files"), "{told}");
    let before = std::fs::read(bench.path("projekt.gpkg")).expect("a project");
    assert!(refused(&bench, "pack projekt.gpkg --out projekt.gpkg").contains("projekt.gpkg"));
    assert_eq!(std::fs::read(bench.path("projekt.gpkg")).expect("a project"), before);
    for file in ["rutor.csv", "äldre.csv", "butiker.geojson"] {
        std::fs::remove_file(bench.path(file)).expect("gone");
    }
    let missing = refused(&bench, &format!("compare --project projekt.gpkg --places {stores} --out x"));
    assert!(missing.contains("rutor.csv"), "{missing}");
    succeeds(&bench, &format!("compare --project packat.gpkg --places {stores} --out after"));
    for file in ["comparison.csv", "comparison.geojson", "comparison.json"] {
        assert_eq!(bench.read(&format!("before/{file}")), bench.read(&format!("after/{file}")), "{file}");
    }
    assert!(bench.read("after/comparison.csv").contains("65+"), "the joined group is there");
    assert!(Path::new(&bench.path("hem/cache")).exists(), "what is unpacked lies in the cache of the user");
}
