//! Which other tables does a layer take more from? What the command line says of joins.

use std::path::{Path, PathBuf};

use clap::Args;

use super::values::pairs;
use crate::io::table_named;
use crate::lang::Lang;
use crate::model::{Gives, Join, Pair, ServiceKind};
use crate::say;

/// Tables joined to layers.
#[derive(Debug, Args)]
pub struct JoinsSaid {
    /// Another table whose columns a layer takes: FILE for the population, else the layer's option, as grocery=FILE
    #[arg(long, value_name = "[LAYER=]FILE")]
    pub join: Vec<String>,
    /// … by which columns, the layer's first: rutid=cell or name,kommun; recognised if not said; one for each --join
    #[arg(long, value_name = "COLUMN[=COLUMN],…", value_parser = pairs)]
    pub join_by: Vec<Vec<Pair>>,
    /// … numbers of a row that several features share are spread over them by this column [default: their people]
    #[arg(long, value_name = "COLUMN")]
    pub join_spread: Option<String>,
    /// … a feature without a row has 0 in columns of numbers; else nothing
    #[arg(long)]
    pub join_absent_zero: bool,
    /// Places for rows without coordinates: features of this layer with the same name and municipality
    #[arg(long, value_name = "FILE")]
    pub places_from: Option<PathBuf>,
    /// … by which columns, those of the rows first: ort=name,kommun; recognised if not said
    #[arg(long, value_name = "COLUMN[=COLUMN],…", value_parser = pairs, requires = "places_from")]
    pub places_by: Option<Vec<Pair>>,
}

/// The layer that joins of the population go to.
pub const POPULATION: &str = "population";

/// The layer of localities, and what its option was called before.
pub const LOCALITIES: &str = "localities";
const PLACES: &str = "places";

impl JoinsSaid {
    /// The joins of a layer, by the name of its option; all of them where none is given.
    pub fn of(&self, layer: Option<&str>) -> Vec<Join> {
        let places = self
            .places_from
            .as_ref()
            .map(|path| self.made(path, self.places_by.clone().unwrap_or_default(), Gives::Places));
        let columns = self.join.iter().enumerate().filter_map(|(nth, said)| {
            let (of, path) = split(said);
            let by = self.join_by.get(nth).cloned().unwrap_or_default();
            let is_meant = layer.is_none_or(|layer| layer == of.unwrap_or(POPULATION));
            is_meant.then(|| self.made(Path::new(path), by, Gives::Columns(Vec::new())))
        });
        places.into_iter().chain(columns).collect()
    }

    /// The layers that are joined to.
    fn layers(&self) -> impl Iterator<Item = &str> {
        self.join.iter().map(|said| split(said).0.unwrap_or(POPULATION))
    }

    /// The files joined.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.join.iter().map(|said| Path::new(split(said).1)).chain(self.places_from.as_deref())
    }

    /// The message for the user where joins are said of a layer that is not there, or more of them than there are.
    pub fn refuse_idle(&self, has_layer: impl Fn(&str) -> bool, lang: Lang) -> Result<(), String> {
        if let Some(layer) = self.layers().find(|layer| !has_layer(layer)) {
            return Err(say!(
                lang,
                "--join kopplar till --{layer}, som inte anges. Lägg till --{layer} FIL, eller skriv vilket lager som menas: --join LAGER=FIL",
                "--join joins to --{layer}, which is not given. Add --{layer} FILE, or say which layer is meant: --join LAYER=FILE"
            ));
        }
        let (joins, by) = (self.join.len(), self.join_by.len());
        if joins == 0 && (self.join_spread.is_some() || self.join_absent_zero) {
            let option = if self.join_absent_zero { "--join-absent-zero" } else { "--join-spread" };
            return Err(say!(
                lang,
                "{option} hör till --join, som inte anges. Lägg till --join FIL, eller ta bort {option}",
                "{option} goes with --join, which is not given. Add --join FILE, or leave out {option}"
            ));
        }
        if by > joins || by > 0 && by < joins {
            return Err(say!(
                lang,
                "--join-by anges {by} gånger men --join {joins}: ange --join före varje --join-by",
                "--join-by is given {by} times but --join {joins}: give a --join for each --join-by"
            ));
        }
        Ok(())
    }

    fn made(&self, path: &Path, by: Vec<Pair>, gives: Gives) -> Join {
        let (file, part) =
            table_named(path).map_or_else(|| (path.to_owned(), None), |(file, part)| (file, Some(part)));
        Join {
            file,
            part,
            by,
            gives,
            absent_is_zero: self.join_absent_zero,
            spread_by: self.join_spread.clone(),
        }
    }
}

/// The layer's option and the file; a name before a sign of equality that is no option belongs to the file.
pub fn split(said: &str) -> (Option<&str>, &str) {
    let is_option = |name: &str| {
        [POPULATION, "areas", LOCALITIES].contains(&name) || ServiceKind::from_id(name).is_some()
    };
    match said.split_once('=') {
        Some((PLACES, path)) => (Some(LOCALITIES), path),
        Some((of, path)) if is_option(of) => (Some(of), path),
        _ => (None, said),
    }
}
