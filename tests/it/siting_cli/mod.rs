//! Do `sotplan solve` and `sotplan site` answer what their help says, by inputs small enough to do by hand?

mod site;
mod solve;

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A folder, and the program run in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn with(files: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        for (name, content) in files {
            desk.write(name, content);
        }
        desk
    }

    fn write(&self, name: &str, content: &str) {
        std::fs::write(self.0.path().join(name), content).expect("written");
    }

    fn has(&self, name: &str) -> bool {
        self.0.path().join(name).exists()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sotplan"));
        command.args(arguments).current_dir(self.0.path()).env("LC_ALL", "C.UTF-8");
        command.output().expect("the program starts")
    }

    /// Runs what must be answered in JSON.
    fn json(&self, arguments: &[&str]) -> Value {
        let mut all = arguments.to_vec();
        all.push("--json");
        let done = self.run(&all);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {said}");
        serde_json::from_slice(&done.stdout).expect("standard output is JSON and nothing else")
    }

    /// Runs what must be refused, with all these phrases.
    fn refuse(&self, arguments: &[&str], phrases: &[&str]) {
        let done = self.run(arguments);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success(), "{arguments:?} must fail");
        assert!(done.stdout.is_empty(), "{arguments:?} prints no half result");
        for phrase in phrases {
            assert!(said.contains(phrase), "{arguments:?}: “{said}” does not say “{phrase}”");
        }
        assert!(!said.contains("panicked"), "{said}");
    }
}

/// Texts of a list.
fn texts(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

/// The member `value` of each of a list.
fn values(list: &Value) -> Vec<f64> {
    list.as_array().expect("a list").iter().map(|one| one["value"].as_f64().expect("a number")).collect()
}
