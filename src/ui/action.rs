//! What can be done in the window? Panels push actions; after drawing each is performed once.
//! Actions without arguments stand in one table for menu, palette and keys.

use std::path::PathBuf;

use egui::{Id, Key, KeyboardShortcut, Modifiers};

use super::icons::{self, Icon};
use super::state::{Goal, MapMode, Selection, Step};
use crate::app::command::Command;
use crate::app::session::Export;
use crate::app::work::planner::Ask;
use crate::geometry::Crs;
use crate::lang::{Lang, Said};
use crate::model::LayerId;
use crate::scene::ways::PiposTable;

/// An action without arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Simple {
    Open,
    OpenRoads,
    ComparePipos,
    OpenDemo,
    NewProject,
    Save,
    SaveAs,
    Undo,
    Redo,
    ZoomIn,
    ZoomOut,
    Overview,
    PlaceTrial,
    CloseRoad,
    DrawClosure,
    ExportSelected,
    SaveMap,
    ToggleTheme,
    ToggleLanguage,
    ToggleOnlineMap,
    Search,
    Settings,
    StepData,
    StepReach,
    StepPlaces,
    StepCompare,
    StepPlan,
    Quit,
}

impl Simple {
    pub const ALL: [Self; 28] = [
        Self::Open,
        Self::OpenRoads,
        Self::ComparePipos,
        Self::OpenDemo,
        Self::NewProject,
        Self::Save,
        Self::SaveAs,
        Self::Undo,
        Self::Redo,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::Overview,
        Self::PlaceTrial,
        Self::CloseRoad,
        Self::DrawClosure,
        Self::ExportSelected,
        Self::SaveMap,
        Self::ToggleTheme,
        Self::ToggleLanguage,
        Self::ToggleOnlineMap,
        Self::Search,
        Self::Settings,
        Self::StepData,
        Self::StepReach,
        Self::StepPlaces,
        Self::StepCompare,
        Self::StepPlan,
        Self::Quit,
    ];

    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Open => icons::OPEN,
            Self::CloseRoad => icons::CLOSED_ROAD,
            Self::DrawClosure => icons::AREA,
            Self::OpenDemo | Self::NewProject => icons::LAYERS,
            Self::Save | Self::SaveAs => icons::SAVE,
            Self::Undo => icons::UNDO,
            Self::Redo => icons::REDO,
            Self::ZoomIn => icons::ADD,
            Self::ZoomOut => icons::REMOVE,
            Self::Overview => icons::OVERVIEW,
            Self::PlaceTrial => icons::TRIAL,
            Self::ExportSelected | Self::SaveMap => icons::EXPORT,
            Self::ToggleTheme => icons::DARK,
            Self::ToggleLanguage | Self::ToggleOnlineMap => icons::ONLINE,
            Self::Search => icons::SEARCH,
            Self::Settings => icons::SETTINGS,
            Self::StepData => icons::DATA,
            Self::StepReach | Self::OpenRoads => icons::REACH,
            Self::StepPlaces => icons::PLACES,
            Self::StepCompare | Self::ComparePipos => icons::COMPARE,
            Self::StepPlan => icons::PLAN,
            Self::Quit => icons::CLOSE,
        }
    }

    /// Command is Ctrl, or ⌘ on a Mac.
    #[must_use]
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        const COMMAND_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
        let (modifiers, key) = match self {
            Self::Open => (Modifiers::COMMAND, Key::O),
            Self::NewProject => (Modifiers::COMMAND, Key::N),
            Self::Save => (Modifiers::COMMAND, Key::S),
            Self::SaveAs => (COMMAND_SHIFT, Key::S),
            Self::Undo => (Modifiers::COMMAND, Key::Z),
            Self::Redo => (Modifiers::COMMAND, Key::Y),
            Self::Overview => (Modifiers::COMMAND, Key::Num0),
            Self::PlaceTrial => (Modifiers::COMMAND, Key::T),
            Self::ExportSelected => (Modifiers::COMMAND, Key::E),
            Self::Search => (Modifiers::COMMAND, Key::K),
            Self::StepData => (Modifiers::COMMAND, Key::Num1),
            Self::StepReach => (Modifiers::COMMAND, Key::Num2),
            Self::StepPlaces => (Modifiers::COMMAND, Key::Num3),
            Self::StepCompare => (Modifiers::COMMAND, Key::Num4),
            Self::StepPlan => (Modifiers::COMMAND, Key::Num5),
            Self::Quit => (Modifiers::COMMAND, Key::Q),
            _ => return None,
        };
        Some(KeyboardShortcut::new(modifiers, key))
    }
}

impl Said for Simple {
    fn said(&self, lang: Lang) -> String {
        match self {
            Self::Open => lang.pick("Öppna filer…", "Open files…"),
            Self::OpenRoads => lang.pick("Öppna vägar…", "Open roads…"),
            Self::ComparePipos => lang.pick("Jämför med Pipos…", "Compare with Pipos…"),
            Self::OpenDemo => lang.pick("Öppna demon", "Open the demo"),
            Self::NewProject => lang.pick("Nytt projekt", "New project"),
            Self::Save => lang.pick("Spara projekt", "Save project"),
            Self::SaveAs => lang.pick("Spara projekt som…", "Save project as…"),
            Self::Undo => lang.pick("Ångra", "Undo"),
            Self::Redo => lang.pick("Gör om", "Redo"),
            Self::ZoomIn => lang.pick("Zooma in", "Zoom in"),
            Self::ZoomOut => lang.pick("Zooma ut", "Zoom out"),
            Self::Overview => lang.pick("Visa allt", "Show everything"),
            Self::PlaceTrial => lang.pick("Sätt ut provpunkt", "Place trial point"),
            Self::CloseRoad => lang.pick("Stäng en väg", "Close a road"),
            Self::DrawClosure => lang.pick("Stäng ett område", "Close an area"),
            Self::ExportSelected => lang.pick("Exportera valda platser…", "Export chosen sites…"),
            Self::SaveMap => lang.pick("Spara kartan som bild…", "Save the map as a picture…"),
            Self::ToggleTheme => lang.pick("Ljust eller mörkt", "Light or dark"),
            Self::ToggleLanguage => lang.pick("Switch to English", "Byt till svenska"),
            Self::ToggleOnlineMap => {
                lang.pick("Bakgrundskarta från nätet på/av", "Online background map on/off")
            }
            Self::Search => lang.pick("Sök plats eller kommando", "Search place or command"),
            Self::Settings => lang.pick("Inställningar", "Settings"),
            Self::StepData => lang.pick("Steg: Data", "Step: Data"),
            Self::StepReach => lang.pick("Steg: Nå", "Step: Reach"),
            Self::StepPlaces => lang.pick("Steg: Platser", "Step: Places"),
            Self::StepCompare => lang.pick("Steg: Jämför", "Step: Compare"),
            Self::StepPlan => lang.pick("Steg: Planera", "Step: Plan"),
            Self::Quit => lang.pick("Avsluta", "Quit"),
        }
        .into()
    }
}

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
    Step(Step),
    Mode(MapMode),
    OpenPaths(Vec<PathBuf>),
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
    /// Shows a closure in its list.
    ShowClosure(u32),
    SavePath(PathBuf),
    ExportTo(Export, PathBuf),
    SaveMapTo(PathBuf),
    /// Asks for a path: the system's dialog, and the field that is always there.
    AskExport(Export),
    ReadAgain(LayerId, Crs),
    Relink(LayerId, PathBuf),
    DismissNotice(usize),
    CancelLoading,
    /// Looks for the most important roads, or stops looking.
    FindCritical(bool),
    /// Sets a table of Pipos' own distances beside ours.
    ComparePipos(PiposTable),
    /// Asks about plans, or stops asking.
    Plan(Ask),
    SetOnlineMap(bool),
    SetScale(f32),
    SetUser(String),
    Restore(PathBuf),
    DiscardRescued,
    CloseNow,
    SaveAndClose,
    Copy(String),
}
