//! What can be done in the window? Panels push actions; after drawing each is performed once.

use std::path::PathBuf;

use egui::Id;

pub use super::simple::Simple;
use super::state::{Goal, JoinWhat, Leaving, MapMode, Selection, StepId};
use crate::app::command::Command;
use crate::app::export::{Form, Format};
use crate::app::exports::Export;
use crate::app::import::{Chosen, Mapping};
use crate::app::merging::Choice;
use crate::app::settings::Theme;
use crate::app::work::planner::Ask;
use crate::geometry::{Crs, LonLat};
use crate::lang::Lang;
use crate::model::LayerId;
use crate::scene::ways::PiposTable;

/// Something to do.
#[derive(Debug, Clone)]
pub enum Action {
    Do(Simple),
    Edit(Command),
    /// An edit by a widget that is dragged or typed in: one step until it is let go.
    EditBy(Id, Command),
    Select(Option<Selection>),
    /// Chosen in a table or list: the map goes there.
    SelectAndGo(Selection, Goal),
    Go(Goal),
    /// Goes to a place and marks it with this text.
    Pin(LonLat, String),
    Step(StepId),
    Mode(MapMode),
    /// Shows a closure in its list.
    ShowClosure(u32),
    File(FileAction),
    Set(Setting),
    DismissNotice(usize),
    /// Looks for the most important roads, or stops looking.
    FindCritical(bool),
    /// Asks about plans, or stops asking.
    Plan(Ask),
    /// Asks about a crisis, or stops asking.
    Crisis(CrisisAsk),
    /// Undoes so many steps, or redoes so many where it is below 0.
    BackTo(isize),
    ShowBookmark(usize),
    RemoveBookmark(usize),
    /// Leaves the project, whatever is not saved.
    Leave(Leaving),
    SaveAndLeave(Leaving),
    /// Keeps the project; what waits to take its place is dropped.
    Stay,
    Copy(String),
    /// What is done about a save that would have gone over the work of somebody else.
    Contested(SaveAnswer),
    /// A step of taking in another copy of the project.
    Merge(MergeStep),
    /// Looks whether the files of the project are what they were.
    LookAtFiles,
    /// Shows what lies side by side.
    ShowBeside,
    /// What lies side by side, for a spreadsheet.
    CopyBeside,
    /// Rows for a spreadsheet, and how many.
    CopyRows(String, usize),
    /// The features that the table of a layer lists, for a spreadsheet.
    CopyFeatures,
    /// Filters everything to a municipality, or to none.
    Area(Option<String>),
    /// Filters everything to a municipality and shows its sheet.
    ShowMunicipality(String),
}

/// What is asked about a crisis.
#[derive(Debug, Clone, PartialEq)]
pub enum CrisisAsk {
    /// The best places over these scenarios.
    Best(Vec<u32>),
    StopBest,
    /// The roads whose closure costs most in the hour that is looked at.
    Roads,
}

/// What is done about a save that would have gone over the work of somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveAnswer {
    Elsewhere,
    TakeIn,
    Reload,
    Again,
    Over,
    Nothing,
}

/// A step of taking in another copy of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergeStep {
    /// Of a difference: whose word goes.
    Choose(usize, Choice),
    /// Takes what was chosen.
    Take,
    /// Takes nothing.
    Drop,
}

/// Something to do with files.
#[derive(Debug, Clone)]
pub enum FileAction {
    Open(Vec<PathBuf>),
    /// As roads, whatever the names say.
    OpenRoads(Vec<PathBuf>),
    /// The roads of a file read again, from another place.
    RelinkRoads(u32, PathBuf),
    /// Adds layers found in a road file, by position.
    AddFound(Vec<usize>),
    DropFound,
    /// Reads a file that waited for its coordinate system.
    ReadIn(PathBuf, Crs),
    DropUnplaced(PathBuf),
    ReadAgain(LayerId, Crs),
    /// Looks at another copy of the project, to take work from it.
    LookAtCopy(PathBuf),
    /// Looks at a file before it is loaded: as a new layer, or as a new delivery of one.
    LookAt(PathBuf, Option<LayerId>),
    /// Reads a table of the file that is looked at anew, as it is chosen now.
    ChooseDraft(usize, Box<Chosen>),
    /// Lets a table of the file that is looked at take columns, or else places, from another file.
    JoinDraft(usize, JoinWhat, PathBuf),
    AskJoin(usize, JoinWhat),
    WantDraft(usize, bool),
    TakeImport,
    DropImport,
    /// Keeps a way of reading for the next file of the same columns.
    KeepMapping(Box<Mapping>),
    ForgetMapping(String),
    CancelLoading,
    /// Asks for a list of machines, for the place whose reserve power is sized.
    AskLoads,
    ReadLoads(PathBuf),
    /// Asks for the logotype of reports.
    AskLogo,
    TakeLogo(PathBuf),
    /// Sets a table of Pipos' own distances beside ours.
    ComparePipos(PiposTable),
    Save(PathBuf),
    Pack(PathBuf),
    Export(Export, PathBuf),
    SaveMap(PathBuf),
    SaveReport(PathBuf),
    /// Asks where the pages or the report of the form shall lie.
    AskMap,
    AskReport,
    /// Asks for a path: the system's dialog, and the field that is always there.
    AskExport(Export),
    /// Takes back unsaved work that another run left behind.
    Restore(PathBuf),
    DiscardRescued(PathBuf),
}

/// A setting of this machine.
#[derive(Debug, Clone)]
pub enum Setting {
    Theme(Theme),
    Language(Lang),
    OnlineMap(bool),
    /// The start page opens with the program.
    Start(bool),
    Scale(f32),
    User(String),
    LayersFormat(Format),
    LayersForm(Form),
}
