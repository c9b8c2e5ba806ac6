//! What does the user have to know? Says what happened and what to do; warnings and errors stay until read.
//! Longer than 500 lines: one list, a text a notice.

use std::path::PathBuf;

use crate::io::project_file::PackedFile;
use crate::io::{IoError, OpenBy};
use crate::lang::{Lang, Said};
use crate::model::travel::TravelError;
use crate::model::{KindRule, Message, Role};
use crate::{say, say_many};

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Info,
    Warning,
    Error,
}

/// A message to the user.
#[derive(Debug)]
pub enum Notice {
    Io(IoError),
    /// A job panicked: a fault of the program.
    Panicked(String),
    Loaded {
        layer: String,
        used: usize,
        refused: usize,
    },
    RoadsLoaded {
        file: String,
        used: u64,
        refused: u64,
    },
    /// Services that lie in a road file: by name, how many of each.
    ServicesFound(Vec<(Role, usize)>),
    Saved(PathBuf),
    /// A copy with all its files in it.
    Packed {
        path: PathBuf,
        files: usize,
        bytes: u64,
    },
    Exported {
        path: PathBuf,
        count: Option<usize>,
    },
    NothingSelected,
    /// Fewer than two places lie side by side.
    NothingCompared,
    /// Another window has the project open.
    OpenElsewhere(OpenBy),
    /// The other copy says nothing that this project does not.
    NothingToMerge(String),
    /// The project was changed while another copy was looked at.
    MergeOutdated,
    /// There is no plan to write.
    NoPlan,
    /// Nobody has looked for the most important roads.
    NoCritical,
    /// No crisis is shown.
    NoCrisis,
    /// No table of Pipos is compared.
    NoPipos,
    /// The file behind a layer is not what it was when the project was saved.
    SourceChanged {
        layer: String,
    },
    /// Parts of a project that this version does not understand; and questions and scenarios among them.
    Kept {
        parts: Vec<String>,
        plans: usize,
    },
    /// The ways could not be had, so nothing was computed.
    NoWays(Message),
    /// Tables of a database that are not read.
    Unread {
        file: String,
        tables: Vec<String>,
    },
    /// A project was opened, and its file holds other tables too.
    BesideProject {
        file: PathBuf,
        tables: Vec<String>,
    },
    /// A second project among files that are opened together.
    OneProject {
        file: PathBuf,
    },
    /// A file waits under Data for its coordinate system.
    NeedsCrs {
        file: PathBuf,
    },
    /// Edits of a changed file that were not surely found again.
    Held {
        /// In both languages: what, and why it waits.
        places: Vec<(String, String)>,
    },
    /// The file behind a layer cannot be read; the layer is kept, empty.
    SourceMissing {
        layer: String,
        error: IoError,
    },
    /// No feature of a layer fits its role.
    NothingFits {
        layer: String,
        why: String,
        why_en: String,
    },
    /// Work from last time is back; the file that it is on, which does not hold it yet.
    Rescued(Option<PathBuf>),
    MapSaved(PathBuf),
    /// Several pages, the first of them.
    PapersSaved(PathBuf, usize),
    Copied(String),
    RowsCopied(usize),
    Bookmarked(String),
    /// Somebody's own data have taken the place of the example.
    ExampleReplaced,
    /// A new delivery of a layer's file is read: so many features are other than before.
    Delivered {
        layer: String,
        new: usize,
        gone: usize,
        moved: usize,
        changed: usize,
    },
    /// A file was read in a way that is kept under a name.
    Mapped {
        file: String,
        mapping: String,
    },
    /// The table of a layer is not open.
    NoFeatures,
    NoMapTiles,
    DialogMissing,
}

impl Notice {
    #[must_use]
    pub const fn level(&self) -> Level {
        match self {
            Self::Io(_)
            | Self::Panicked(_)
            | Self::NoWays(_)
            | Self::SourceMissing { .. }
            | Self::NothingFits { .. } => Level::Error,
            Self::SourceChanged { .. }
            | Self::Held { .. }
            | Self::NeedsCrs { .. }
            | Self::Kept { .. }
            | Self::Unread { .. }
            | Self::BesideProject { .. }
            | Self::OneProject { .. }
            | Self::NothingSelected
            | Self::NothingCompared
            | Self::MergeOutdated
            | Self::OpenElsewhere(_)
            | Self::NoFeatures
            | Self::NoPlan
            | Self::NoCritical
            | Self::NoCrisis
            | Self::NoPipos
            | Self::NoMapTiles
            | Self::DialogMissing => Level::Warning,
            Self::Loaded { refused, .. } if *refused > 0 => Level::Warning,
            Self::Loaded { .. }
            | Self::RoadsLoaded { .. }
            | Self::ServicesFound(_)
            | Self::Saved(_)
            | Self::Packed { .. }
            | Self::Exported { .. }
            | Self::Rescued(_)
            | Self::MapSaved(_)
            | Self::PapersSaved(..)
            | Self::Copied(_)
            | Self::NothingToMerge(_)
            | Self::RowsCopied(_)
            | Self::Bookmarked(_)
            | Self::Delivered { .. }
            | Self::Mapped { .. }
            | Self::ExampleReplaced => Level::Info,
        }
    }
}

impl Notice {
    /// What a packed project holds.
    #[must_use]
    pub fn packed(path: PathBuf, files: &[PackedFile]) -> Self {
        Self::Packed { path, files: files.len(), bytes: files.iter().map(|file| file.bytes).sum() }
    }

    /// What tables of a file that are not read may be.
    #[must_use]
    pub const fn unread_kinds(lang: Lang) -> &'static str {
        lang.pick(
            "bilder, tabeller utan läge, dolda blad, eller linjer som inte känns igen som vägar",
            "pictures, tables without places, hidden sheets, or lines not recognised as roads",
        )
    }

    /// Does it stay until read? Good news goes by itself, an offer does not.
    #[must_use]
    pub fn stays(&self) -> bool {
        self.level() != Level::Info || matches!(self, Self::ServicesFound(_))
    }
}

impl Said for Notice {
    #[expect(clippy::too_many_lines, reason = "one line a message, in two languages")]
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Io(error) => error.said(lang),
            Self::Panicked(message) => say!(
                lang,
                "Ett fel i programmet stoppade arbetet: {message}. Dina data är orörda; spara projektet och försök igen",
                "A fault in the program stopped the work: {message}. Your data are untouched; save the project and try again"
            ),
            Self::Loaded { layer, used, refused } => {
                let (count, used, refused) = (*used, lang.count(*used), lang.count(*refused));
                say_many!(
                    lang,
                    count,
                    "{layer}: {used} objekt inläst, avvisade: {refused}. Rapporten finns under Data"
                        | "{layer}: {used} objekt inlästa, avvisade: {refused}. Rapporten finns under Data",
                    "{layer}: {used} feature read, {refused} refused. The report is under Data"
                        | "{layer}: {used} features read, {refused} refused. The report is under Data"
                )
            }
            Self::RoadsLoaded { file, used, refused } => {
                let (count, used, refused) = (*used, lang.whole(*used), lang.whole(*refused));
                say_many!(
                    lang,
                    count,
                    "{file}: {used} väg inläst, avvisade: {refused}. Rapporten finns under Data"
                        | "{file}: {used} vägar inlästa, avvisade: {refused}. Rapporten finns under Data",
                    "{file}: {used} road read, {refused} refused. The report is under Data"
                        | "{file}: {used} roads read, {refused} refused. The report is under Data"
                )
            }
            Self::NoPipos => lang
                .pick(
                    "Ingen tabell från Pipos är inläst. Välj Jämför med Pipos under Arkiv",
                    "No Pipos table is loaded. Choose Compare with Pipos under File",
                )
                .into(),
            Self::NoCrisis => lang
                .pick(
                    "Ingen kris är färdigräknad. Välj ett scenario under Kris och vänta tills det är räknat",
                    "No crisis is computed yet. Choose a scenario under Crisis and wait until it is computed",
                )
                .into(),
            Self::NoCritical => lang
                .pick(
                    "Inga viktigaste vägar att exportera. Sök fram dem först, i tabellen Viktigaste vägarna",
                    "There are no critical roads to write. Look for them first, in the table Critical roads",
                )
                .into(),
            Self::Kept { parts, plans } => {
                let mut all = parts.clone();
                let count = *plans;
                let plan = || {
                    say_many!(
                        lang,
                        count,
                        "{count} fråga eller scenario i Plan" | "{count} frågor eller scenarier i Plan",
                        "{count} question or scenario in Plan" | "{count} questions or scenarios in Plan"
                    )
                };
                all.extend((*plans > 0).then(plan));
                let all = all.join(", ");
                say!(
                    lang,
                    "Projektet sparades med en nyare version och har delar som den här inte förstår: {all}. De visas inte, men följer med oförändrade när du sparar",
                    "The project was saved by a newer version and has parts that this one does not understand: {all}. They are not shown, but stay as they are when you save"
                )
            }
            Self::NoWays(why) => TravelError::NoAnswer(why.clone()).said(lang),
            Self::Unread { file, tables } => {
                let (tables, kinds) = (tables.join(", "), Self::unread_kinds(lang));
                say!(
                    lang,
                    "{file}: läses inte: {tables} ({kinds}). Är det vägar, öppna filen med Öppna vägar och välj kolumner",
                    "{file}: not read: {tables} ({kinds}). If they are roads, open the file with Open roads and choose columns"
                )
            }
            Self::BesideProject { file, tables } => {
                let (file, tables) = (file.display(), tables.join(", "));
                say!(
                    lang,
                    "{file} är ett sparat projekt och öppnas som det. Andra tabeller i filen läses inte: {tables}. Exportera dem till en egen fil för att använda dem",
                    "{file} is a saved project and is opened as one. Other tables of the file are not read: {tables}. Export them to a file of their own to use them"
                )
            }
            Self::OneProject { file } => {
                let file = file.display();
                say!(
                    lang,
                    "{file}: bara ett projekt kan vara öppet. Öppna det för sig",
                    "{file}: only one project can be open. Open it by itself"
                )
            }
            Self::ServicesFound(found) => {
                let parts: Vec<String> =
                    found.iter().map(|(role, count)| found_text(lang, role, *count)).collect();
                let parts = parts.join(", ");
                say!(
                    lang,
                    "I vägfilen finns också {parts}. Lägg till det som behövs under Data",
                    "The road file also holds {parts}. Add what is needed under Data"
                )
            }
            Self::Saved(path) => {
                let path = path.display();
                say!(lang, "Sparat i {path}", "Saved in {path}")
            }
            Self::Packed { path, files, bytes } => {
                let (path, files) = (path.display(), *files);
                #[expect(clippy::cast_precision_loss, reason = "shown to a megabyte")]
                let megabytes = lang.number(*bytes as f64 / 1e6, 1);
                say_many!(
                    lang,
                    files,
                    "Packat i {path}: projektet och {files} fil ({megabytes} MB)"
                        | "Packat i {path}: projektet och {files} filer ({megabytes} MB)",
                    "Packed in {path}: the project and {files} file ({megabytes} MB)"
                        | "Packed in {path}: the project and {files} files ({megabytes} MB)",
                )
            }
            Self::Exported { path, count: Some(count) } => {
                let (path, n, count) = (path.display(), *count, lang.count(*count));
                say_many!(
                    lang,
                    n,
                    "{count} plats exporterad till {path}" | "{count} platser exporterade till {path}",
                    "{count} site exported to {path}" | "{count} sites exported to {path}"
                )
            }
            Self::Exported { path, count: None } => {
                let path = path.display();
                say!(lang, "Exporterat till {path}", "Exported to {path}")
            }
            Self::NoPlan => lang
                .pick(
                    "Det finns ingen plan att exportera. Hitta en under Planera först",
                    "There is no plan to write. Find one under Plan first",
                )
                .into(),
            Self::OpenElsewhere(by) => {
                let by = by.said(lang);
                say!(
                    lang,
                    "Projektet är redan öppet i ett annat fönster{by}. Du kan titta och ändra. Spara under ett annat namn, så kan ändringarna hämtas in sedan; att spara i filen skriver över den andres arbete och frågar först",
                    "The project is open in another window already{by}. You can look and edit. Save under another name, and the changes can be taken in later; saving into the file writes over the other’s work and asks first"
                )
            }
            Self::NothingToMerge(name) => say!(
                lang,
                "{name} innehåller inget arbete som inte redan finns här",
                "{name} holds no work that is not here already"
            ),
            Self::MergeOutdated => lang
                .pick(
                    "Projektet har ändrats sedan kopian granskades. Inget har hämtats in. Välj filen igen",
                    "The project has changed since the copy was looked at. Nothing was taken. Choose the file again",
                )
                .into(),
            Self::NothingCompared => lang
                .pick(
                    "Välj minst två orter eller planer att jämföra, under Jämför",
                    "Choose at least two villages or plans to compare, under Compare",
                )
                .into(),
            Self::NothingSelected => lang
                .pick(
                    "Inga platser är valda. Markera platser i tabellen först",
                    "No sites are chosen. Tick sites in the table first",
                )
                .into(),
            Self::SourceChanged { layer } => say!(
                lang,
                "{layer}: filen har ändrats sedan projektet sparades. Resultaten gäller den nya filen. Uppgifter om enskilda platser följer med när det är säkert att platsen är densamma",
                "{layer}: the file has changed since the project was saved. Results are for the new file. Facts about individual places are kept where the place is certainly the same"
            ),
            Self::NeedsCrs { file } => {
                let file = file.file_name().unwrap_or_default().to_string_lossy();
                say!(
                    lang,
                    "{file}: koordinatsystemet är okänt. Välj det under Data",
                    "{file}: the coordinate system is not known. Choose it under Data"
                )
            }
            Self::Held { places } => {
                let count = places.len();
                let named = places.iter().take(3).map(|(sv, en)| lang.pick(sv.as_str(), en.as_str()));
                let mut names = named.collect::<Vec<_>>().join("; ");
                if count > 3 {
                    let more = count - 3;
                    names += &say!(lang, "; och {more} till", "; and {more} more");
                }
                say!(
                    lang,
                    "Bestäm under Data vilken plats uppgifterna gäller ({count}): {names}. Tills dess räknas de inte",
                    "Decide under Data which place these facts are about ({count}): {names}. Until then they are not counted"
                )
            }
            Self::SourceMissing { layer, error } => {
                let error = error.said(lang);
                say!(
                    lang,
                    "{layer}: {error}. Lagret ligger kvar tomt; ange filens nya plats under Data",
                    "{layer}: {error}. The layer is kept empty; give the file's new place under Data"
                )
            }
            Self::NothingFits { layer, why, why_en } => {
                say!(
                    lang,
                    "{layer}: inget objekt passar rollen. {why}",
                    "{layer}: no feature fits the role. {why_en}"
                )
            }
            Self::Rescued(Some(path)) => {
                let path = path.display();
                say!(
                    lang,
                    "Arbetet från förra gången är återställt men inte sparat i {path} än. Spara för att skriva det dit",
                    "The work from last time is restored, but not saved in {path} yet. Save to write it there"
                )
            }
            Self::Rescued(None) => lang
                .pick("Arbetet från förra gången är återställt. Spara det där du vill ha det", "The work from last time is restored. Save it where you want it")
                .into(),
            Self::MapSaved(path) => {
                let path = path.display();
                say!(lang, "Kartan är sparad som bild i {path}", "The map is saved as a picture in {path}")
            }
            Self::PapersSaved(path, count) => {
                let path = path.display();
                say!(lang, "{count} sidor sparade, den första i {path}", "{count} pages saved, the first in {path}")
            }
            Self::Copied(text) => say!(lang, "Kopierat: {text}", "Copied: {text}"),
            Self::Delivered { layer, new, gone, moved, changed } => {
                let [new, gone, moved, changed] = [new, gone, moved, changed].map(|n| lang.count(*n));
                say!(
                    lang,
                    "{layer} är inläst på nytt. Nya: {new}, borta: {gone}, flyttade: {moved}, ändrade: {changed}",
                    "{layer} is read again. New: {new}, gone: {gone}, moved: {moved}, changed: {changed}"
                )
            }
            Self::Mapped { file, mapping } => say!(
                lang,
                "{file} lästes in på det sätt som är sparat som ”{mapping}”",
                "{file} was read in the way that is kept as “{mapping}”"
            ),
            Self::ExampleReplaced => lang
                .pick("Exemplet är borta: dina egna data visas", "The example is gone: your own data are shown")
                .into(),
            Self::Bookmarked(name) => say!(
                lang,
                "Vyn är sparad som bokmärke: {name}. Byt namn under bokmärket på kartan",
                "The view is kept as a bookmark: {name}. Rename it under the bookmark on the map"
            ),
            Self::NoFeatures => lang
                .pick(
                    "Öppna tabellen Attribut först: den säger vilket lager och vilka objekt som ska exporteras",
                    "Open the table Attributes first: it says which layer and which features to export",
                )
                .into(),
            Self::RowsCopied(count) => {
                let n = lang.count(*count);
                say_many!(
                    lang,
                    *count,
                    "{n} rad är kopierad; klistra in den i Excel" | "{n} rader är kopierade; klistra in dem i Excel",
                    "{n} row copied; paste it into Excel" | "{n} rows copied; paste them into Excel"
                )
            }
            Self::NoMapTiles => lang
                .pick(
                    "Kartbilderna går inte att hämta just nu. Kartan fungerar ändå; nytt försök görs av sig självt",
                    "Map tiles cannot be fetched right now. The map works all the same; it will try again by itself",
                )
                .into(),
            Self::DialogMissing => lang
                .pick(
                    "Ingen fil valdes. Öppnades ingen dialogruta? Skriv sökvägen i fältet eller dra filen hit",
                    "No file was chosen. Did no dialog open? Write the path in the field or drop the file here",
                )
                .into(),
        }
    }
}

/// What was found, in a few words: "46 livsmedel".
#[must_use]
pub fn found_text(lang: Lang, role: &Role, count: usize) -> String {
    let what = match role {
        Role::Services(KindRule::All(kinds)) => kinds.said(lang).to_lowercase(),
        _ if count == 1 => lang.pick("ortnamn", "place name").to_owned(),
        _ => lang.pick("ortnamn", "place names").to_owned(),
    };
    format!("{} {what}", lang.count(count))
}
