//! How will a file be read, before it is? A draft of each of its layers: as what, how, what is refused, and what is
//! other than in the layer that it replaces. Nothing is part of the project before the user takes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::load::{self, ReadFile, Wanted};
use crate::geometry::Crs;
use crate::io::{self, Input, IoError, LoadOptions, Part};
use crate::lang::{Lang, Said as _};
use crate::model::{
    Difference, FeatureTable, Gives, Join, Layer, LayerId, LayerReport, Message, Project, Reading, Remark,
    RemarkKind, Role, Situation, SourcePlace, TextEncoding,
};
use crate::progress::Progress;

/// A way of reading a kind of file, kept under a name for the next file with the same columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mapping {
    pub name: String,
    /// The names of its columns, sorted.
    pub columns: Vec<String>,
    pub crs: Option<Crs>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<TextEncoding>,
    pub role: Role,
    pub reading: Reading,
}

/// The names of a table's own columns, sorted; not of those that other tables have added.
#[must_use]
pub fn columns_of(table: &FeatureTable) -> Vec<String> {
    let mut names: BTreeSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    for added in table.report.joined.iter().flat_map(|joined| &joined.columns) {
        names.remove(added.name.as_str());
    }
    names.into_iter().map(str::to_owned).collect()
}

impl Mapping {
    /// The newest of those that are for a table with these columns.
    #[must_use]
    pub fn of<'a>(known: &'a [Self], table: &FeatureTable) -> Option<&'a Self> {
        let columns = columns_of(table);
        known.iter().rev().find(|mapping| mapping.columns == columns)
    }
}

/// What the user chose for a draft; what is not chosen is found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chosen {
    pub crs: Option<Crs>,
    /// How the letters of a text are written, whatever its bytes tell.
    pub encoding: Option<TextEncoding>,
    pub role: Option<Role>,
    pub reading: Reading,
    /// The mapping that these choices come from.
    pub mapping: Option<String>,
}

/// A layer of a file, as it would be read.
#[derive(Debug)]
pub struct Draft {
    pub part: Option<String>,
    pub chosen: Chosen,
    /// Will it be taken?
    pub is_wanted: bool,
    pub read: Result<Read, IoError>,
    /// The columns of each table joined to it, in their order.
    pub joins: Vec<Result<Vec<String>, IoError>>,
    /// Why the tables cannot be joined; it is read without them then, to be looked at.
    pub unjoined: Option<IoError>,
}

/// What came of reading it so.
#[derive(Debug)]
pub struct Read {
    pub layer: Arc<Layer>,
    /// What of it an analysis would use, in its role.
    pub report: LayerReport,
    /// What is other than in the layer it replaces.
    pub difference: Option<Difference>,
}

/// A file of which the drafts are looked at.
#[derive(Debug)]
pub struct Import {
    pub path: PathBuf,
    /// The layer that it is a new delivery of.
    pub replaces: Option<Arc<Layer>>,
    pub drafts: Vec<Draft>,
    /// Tables that are not read, by name.
    pub unread: Vec<String>,
    /// It holds roads too, which are read as they are.
    pub has_roads: bool,
}

/// What is known when a file is looked at.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub layers: Vec<Arc<Layer>>,
    pub mappings: Vec<Mapping>,
}

/// Looks at a file as it would be read.
///
/// # Errors
/// [`IoError`] when the file as a whole is of no use, is a project, or when cancelled.
pub fn look(
    path: &Path,
    replaces: Option<Arc<Layer>>,
    known: &Known,
    progress: &dyn Progress,
) -> Result<Import, IoError> {
    let input = Input::open(path)?;
    let parts = io::parts(&input, progress)?;
    let named = |part: &Part| match part {
        Part::Layer(name) => Some(name.clone()),
        _ => None,
    };
    // Of a new delivery the same part is wanted, if it is still there.
    let all: Vec<Option<String>> = parts.iter().filter_map(named).collect();
    let wanted = replaces.as_ref().map(|layer| layer.source.part.clone());
    let layers = match wanted {
        Some(part) if all.contains(&part) => vec![part],
        _ => all,
    };
    let first = |layer: &Arc<Layer>| Chosen {
        crs: None,
        // The next delivery may be written otherwise; what was said of it is kept.
        encoding: said_encoding(layer),
        role: Some(layer.role.clone()),
        reading: layer.source.reading.clone(),
        mapping: None,
    };
    let chosen = replaces.as_ref().map(first).unwrap_or_default();
    let draft = |part: Option<String>| {
        let first = drafted(&input, part.clone(), &chosen, replaces.as_deref(), known, progress)?;
        let mapping = match &first.read {
            Ok(read) if replaces.is_none() => Mapping::of(&known.mappings, &read.layer.table),
            _ => None,
        };
        let Some(mapping) = mapping else { return Ok(first) };
        let chosen = Chosen {
            crs: mapping.crs,
            encoding: mapping.encoding,
            role: Some(mapping.role.clone()),
            reading: mapping.reading.clone(),
            mapping: Some(mapping.name.clone()),
        };
        drafted(&input, part, &chosen, None, known, progress)
    };
    let drafts: Result<Vec<Draft>, IoError> = layers.into_par_iter().map(draft).collect();
    let unread = parts.iter().filter_map(|part| match part {
        Part::Unread(name) => Some(name.clone()),
        _ => None,
    });
    let has_roads = parts.contains(&Part::Roads);
    let unread = unread.collect();
    Ok(Import { path: path.to_owned(), replaces, drafts: drafts?, unread, has_roads })
}

/// A draft read anew, as it is chosen now.
///
/// # Errors
/// [`IoError`] when the file is there no more, or when cancelled.
pub fn again(
    path: &Path,
    part: Option<String>,
    chosen: &Chosen,
    replaces: Option<&Layer>,
    known: &Known,
    progress: &dyn Progress,
) -> Result<Draft, IoError> {
    drafted(&Input::open(path)?, part, chosen, replaces, known, progress)
}

fn drafted(
    input: &Input<'_>,
    part: Option<String>,
    chosen: &Chosen,
    replaces: Option<&Layer>,
    known: &Known,
    progress: &dyn Progress,
) -> Result<Draft, IoError> {
    let mut options = LoadOptions {
        crs: chosen.crs,
        encoding: chosen.encoding,
        role: chosen.role.clone(),
        part: part.clone(),
        reading: chosen.reading.clone(),
        ..LoadOptions::default()
    };
    let load = |options: &LoadOptions| io::guarded(input.file(), || io::load(input, options, progress));
    let mut read = vec![load(&options)];
    let joins = std::mem::take(&mut options.reading.joins);
    let mut unjoined = None;
    if let (false, Some(Err(error))) = (joins.is_empty(), read.first())
        && !matches!(error, IoError::Cancelled(_))
    {
        // What cannot be joined is still looked at, so that the columns can be chosen.
        let without = load(&options);
        if without.is_ok() {
            unjoined = std::mem::replace(&mut read[0], without).err();
        }
    }
    // A table that is joined told its columns; one that is not is asked for them.
    let told: BTreeMap<usize, Vec<String>> = match read.first() {
        Some(Ok(loaded)) => {
            loaded.table.report.joined.iter().map(|one| (one.nth, one.table_columns.clone())).collect()
        }
        _ => BTreeMap::new(),
    };
    let columns = |(nth, join): (usize, &Join)| match told.get(&nth) {
        Some(columns) => Ok(columns.clone()),
        None => io::columns_of_join(join, &options, progress),
    };
    let joins: Vec<Result<Vec<String>, IoError>> = joins.iter().enumerate().map(columns).collect();
    load::suggest_zones(&mut read, &known.layers, |file| Some((&file.role, &file.table)));
    let read = match read.pop() {
        Some(Err(error @ IoError::Cancelled(_))) => return Err(error),
        Some(Ok(loaded)) => {
            let id = replaces.map_or(LayerId(u32::MAX - 1), |layer| layer.id);
            let layer = Arc::new(loaded.into_layer(id));
            let report = report_of(&layer, progress);
            let difference = replaces.map(|earlier| Difference::between(&earlier.table, &layer.table));
            Ok(Read { layer, report, difference })
        }
        Some(Err(error)) => Err(error),
        None => {
            Err(IoError::Open { path: input.named().to_owned(), source: std::io::ErrorKind::NotFound.into() })
        }
    };
    let is_wanted = read.is_ok() && unjoined.is_none();
    Ok(Draft { part, chosen: chosen.clone(), is_wanted, read, joins, unjoined })
}

/// What of a layer is used in its role, as an analysis would.
#[must_use]
pub fn report_of(layer: &Arc<Layer>, progress: &dyn Progress) -> LayerReport {
    let project = Project { layers: vec![Arc::clone(layer)], ..Project::default() };
    let bound = Situation::bind(&project, progress).ok();
    let report = bound.and_then(|bound| bound.reports.get(&layer.id).cloned());
    report.unwrap_or_else(|| layer.table.report.clone())
}

impl Import {
    /// The layers to be taken, in the order of the file.
    pub fn taken(&self) -> impl Iterator<Item = &Read> {
        self.drafts.iter().filter(|draft| draft.is_wanted).filter_map(|draft| draft.read.as_ref().ok())
    }

    /// How a draft would be asked for again.
    #[must_use]
    pub fn wanted(&self, draft: &Draft) -> Wanted {
        let options = LoadOptions {
            crs: draft.chosen.crs,
            encoding: draft.chosen.encoding,
            role: draft.chosen.role.clone(),
            part: draft.part.clone(),
            reading: draft.chosen.reading.clone(),
            ..LoadOptions::default()
        };
        Wanted { path: self.path.clone(), options }
    }
}

/// Reads files anew whose columns are those of a way of reading that is kept; one that cannot be read so stays as it is,
/// and says so.
pub fn as_mapped(read: &mut [Result<ReadFile, IoError>], mappings: &[Mapping], progress: &dyn Progress) {
    for one in read.iter_mut() {
        let Ok(ReadFile::Layer(loaded)) = one else { continue };
        let Some(mapping) = Mapping::of(mappings, &loaded.table) else { continue };
        let options = LoadOptions {
            crs: mapping.crs,
            encoding: mapping.encoding,
            role: Some(mapping.role.clone()),
            part: loaded.source.part.clone(),
            reading: mapping.reading.clone(),
            ..LoadOptions::default()
        };
        match load::read_place(&loaded.source.place, &options, progress) {
            Ok(fresh) => **loaded = fresh,
            Err(IoError::Cancelled(_)) => {}
            Err(error) => loaded.table.report.remarks.push(unmapped(&mapping.name, &error)),
        }
    }
}

/// A kept way of reading that does not serve is told.
fn unmapped(name: &str, error: &IoError) -> Remark {
    let message = Message::new(
        format!("läst utan det sparade sättet ”{name}”, som inte kan användas: {}", error.said(Lang::Sv)),
        format!("read without the saved way “{name}”, which cannot be used: {}", error.said(Lang::En)),
    );
    Remark { number: None, kind: RemarkKind::AboutFile { message }, place: None }
}

/// The encoding that the user said of a layer's file.
#[must_use]
pub fn said_encoding(layer: &Layer) -> Option<TextEncoding> {
    layer.source.encoding.filter(|found| found.is_said).map(|found| found.encoding)
}

/// The file behind a layer, if it is one.
#[must_use]
pub fn file_of(layer: &Layer) -> Option<&Path> {
    match &layer.source.place {
        SourcePlace::File(path) => Some(path),
        SourcePlace::Demo(_) | SourcePlace::BuiltIn(_) => None,
    }
}

/// A file whose columns or places a layer takes.
#[must_use]
pub fn join(path: &Path, part: Option<String>, gives: Gives) -> Join {
    let (file, named) =
        io::table_named(path).map_or_else(|| (path.to_owned(), None), |(file, part)| (file, Some(part)));
    let part = part.or(named);
    Join { file, part, by: Vec::new(), gives, absent_is_zero: false, spread_by: None }
}

/// The way a draft is read, under a name.
#[must_use]
pub fn mapping(name: &str, draft: &Draft) -> Option<Mapping> {
    let read = draft.read.as_ref().ok()?;
    Some(Mapping {
        name: name.trim().to_owned(),
        columns: columns_of(&read.layer.table),
        crs: draft.chosen.crs,
        encoding: draft.chosen.encoding,
        role: read.layer.role.clone(),
        reading: draft.chosen.reading.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Condition, Meaning, Test};
    use crate::progress::Unwatched;

    fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("written");
        path
    }

    const FIRST: &str =
        "Butiksnamn;Typ;x;y\nHallen;Butik;465000;7005000\nKall;Automat;420000;7040000\n;Butik;;\n";

    #[test]
    fn what_will_be_refused_is_known_before_anything_is_loaded() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = write(folder.path(), "lista.csv", FIRST);
        let import = look(&path, None, &Known::default(), &Unwatched).expect("a table");
        let [draft] = import.drafts.as_slice() else { panic!("one table") };
        let read = draft.read.as_ref().expect("readable");
        assert_eq!((read.report.features_in, read.layer.table.features.len()), (3, 2));
        assert_eq!(read.report.refused[0].number, 3);
        assert!(read.layer.source.crs_assumed);
    }

    #[test]
    fn a_mapping_reads_the_next_file_of_the_same_columns() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = write(folder.path(), "lista.csv", FIRST);
        let import = look(&path, None, &Known::default(), &Unwatched).expect("a table");
        let reading = Reading {
            columns: [(Meaning::Name, "Butiksnamn".to_owned())].into(),
            conditions: vec![Condition { column: "Typ".into(), test: Test::Is, value: "butik".into() }],
            ..Reading::default()
        };
        let role = Role::Services(crate::model::KindRule::All(crate::model::ServiceKind::Grocery.into()));
        let chosen = Chosen { role: Some(role.clone()), reading, ..Chosen::default() };
        let known = Known::default();
        let draft = again(&path, import.drafts[0].part.clone(), &chosen, None, &known, &Unwatched);
        let draft = draft.expect("readable");
        let mapping = mapping(" Kommunens lista ", &draft).expect("read");
        let next = write(
            folder.path(),
            "ny.csv",
            "Typ;Butiksnamn;x;y\nButik;Vallbo;440000;7000000\nAutomat;X;440000;7000000\n",
        );
        let known = Known { mappings: vec![mapping], ..Known::default() };
        let import = look(&next, None, &known, &Unwatched).expect("a table");
        let read = import.drafts[0].read.as_ref().expect("readable");
        assert_eq!(import.drafts[0].chosen.mapping.as_deref(), Some("Kommunens lista"));
        assert_eq!(read.layer.role, role);
        assert_eq!(read.report.refused_by_reason().get("not_wanted"), Some(&1));
        assert_eq!(read.report.features_used, 1);
        let other = write(folder.path(), "annan.csv", "namn;x;y\nVallbo;440000;7000000\n");
        let import = look(&other, None, &known, &Unwatched).expect("a table");
        assert_eq!(import.drafts[0].chosen, Chosen::default(), "other columns, another file");
    }

    #[test]
    fn a_new_delivery_says_what_is_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = write(folder.path(), "lista.csv", FIRST);
        let import = look(&path, None, &Known::default(), &Unwatched).expect("a table");
        let layer = Arc::clone(&import.drafts[0].read.as_ref().expect("readable").layer);
        let layer = Arc::new(Layer { id: LayerId(4), ..Layer::clone(&layer) });
        let next = write(
            folder.path(),
            "ny.csv",
            "Butiksnamn;Typ;x;y\nHallen;Butik;465000;7005000\nÅre;Butik;400000;7030000\n",
        );
        let import = look(&next, Some(layer), &Known::default(), &Unwatched).expect("a table");
        let read = import.drafts[0].read.as_ref().expect("readable");
        assert_eq!(read.layer.id, LayerId(4));
        let difference = read.difference.as_ref().expect("one");
        assert_eq!((difference.new.len(), difference.gone.len(), difference.same), (1, 1, 1));
    }
}
