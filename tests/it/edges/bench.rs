//! A folder with small files, and the program run on them as a user would.

use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

/// What a run printed and how it ended.
pub struct Run {
    pub is_success: bool,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Standard output and standard error together.
    pub fn said(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

pub struct Bench(TempDir);

impl Bench {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).expect("written");
    }

    pub fn put(&self, name: &str, content: &Value) {
        self.write(name, content.to_string());
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    pub fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).expect("JSON")
    }

    /// The rows of a table without its head, as text.
    pub fn table(&self, name: &str) -> Vec<Vec<String>> {
        let text = self.read(name);
        let mut table = csv::Reader::from_reader(text.as_bytes());
        table.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    }

    /// Runs the program in the folder; arguments are parted by spaces.
    pub fn run(&self, arguments: &str) -> Run {
        let done = Command::new(env!("CARGO_BIN_EXE_sotplan"))
            .args(arguments.split_whitespace())
            .args(["--lang", "en"])
            .current_dir(self.0.path())
            .output()
            .expect("the program starts");
        // The spaces between thousands are thin.
        let thin = ['\u{a0}', '\u{a0}', '\u{2009}'];
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8").replace(thin, " ");
        let run = Run { is_success: done.status.success(), out: text(done.stdout), err: text(done.stderr) };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    /// An analysis that must succeed.
    pub fn analyse(&self, arguments: &str) -> Run {
        let run = self
            .run(&format!("analyse --population pop.geojson --grocery store.geojson --out out {arguments}"));
        assert!(run.is_success, "{}", run.err);
        run
    }
}

/// A collection in SWEREF 99 TM.
pub fn sweref(features: &[Value]) -> Value {
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3006"}});
    json!({"type": "FeatureCollection", "crs": crs, "features": features})
}

/// A collection in degrees.
pub fn degrees(features: &[Value]) -> Value {
    json!({"type": "FeatureCollection", "features": features})
}

pub fn point(x: f64, y: f64, properties: Value) -> Value {
    feature(json!({"type": "Point", "coordinates": [x, y]}), properties)
}

#[expect(clippy::needless_pass_by_value, reason = "they are made where it is called")]
pub fn feature(geometry: Value, properties: Value) -> Value {
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

/// A rectangle, counter-clockwise.
pub fn rectangle(west: f64, south: f64, east: f64, north: f64, properties: Value) -> Value {
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    feature(json!({"type": "Polygon", "coordinates": [ring]}), properties)
}

/// The features of a collection.
pub fn features(collection: &Value) -> &Vec<Value> {
    collection["features"].as_array().expect("features")
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

/// How often each remark stands in the quality report of a layer.
pub fn remarks(bench: &Bench, layer: &str) -> Vec<String> {
    let quality = bench.json("out/quality.json");
    let layers = quality["layers"].as_array().expect("layers");
    let of = layers.iter().find(|one| one["name"] == layer).expect("the layer");
    let codes = of["remarks"].as_array().expect("remarks").iter();
    codes.map(|remark| remark["remark"].as_str().expect("a code").to_owned()).collect()
}
