//! Which actions need no argument? One row each, for menu, search and keys.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::icons::{self, Icon};
use crate::lang::{Lang, Said};

/// One action, as the table below has it.
struct Row {
    icon: Icon,
    names: [&'static str; 2],
    shortcut: Option<KeyboardShortcut>,
    /// What other programs have for it.
    also: Option<KeyboardShortcut>,
}

impl Row {
    const fn new(icon: Icon, sv: &'static str, en: &'static str) -> Self {
        Self { icon, names: [sv, en], shortcut: None, also: None }
    }

    /// Done with the command key, which is Ctrl, or ⌘ on a Mac.
    const fn on(self, key: Key) -> Self {
        Self { shortcut: Some(KeyboardShortcut::new(Modifiers::COMMAND, key)), ..self }
    }

    const fn on_shift(self, key: Key) -> Self {
        Self { shortcut: Some(with_shift(key)), ..self }
    }

    const fn also_on_shift(self, key: Key) -> Self {
        Self { also: Some(with_shift(key)), ..self }
    }
}

const fn with_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

macro_rules! simple_actions {
    ($($action:ident: $row:expr,)*) => {
        /// An action without arguments.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Simple {
            $($action,)*
        }

        impl Simple {
            const COUNT: usize = [$(Self::$action),*].len();
            pub const ALL: [Self; Self::COUNT] = [$(Self::$action),*];
        }

        const ROWS: [Row; Simple::COUNT] = [$($row),*];
    };
}

simple_actions! {
    Open: Row::new(icons::OPEN, "Öppna filer…", "Open files…").on(Key::O),
    OpenRoads: Row::new(icons::REACH, "Öppna vägar…", "Open roads…"),
    Import: Row::new(icons::CHECK, "Granska och läs in…", "Check and load…").on(Key::I),
    ComparePipos: Row::new(icons::COMPARE, "Jämför med Pipos…", "Compare with Pipos…"),
    OpenDemo: Row::new(icons::LAYERS, "Öppna exemplet (Jämtland)", "Open the example (Jämtland)"),
    NewProject: Row::new(icons::LAYERS, "Nytt projekt", "New project").on(Key::N),
    Save: Row::new(icons::SAVE, "Spara projekt", "Save project").on(Key::S),
    SaveAs: Row::new(icons::SAVE, "Spara projekt som…", "Save project as…").on_shift(Key::S),
    Pack: Row::new(icons::EXPORT, "Packa för en kollega…", "Pack for a colleague…"),
    Merge: Row::new(icons::DIFFERS, "Hämta in en kollegas arbete…", "Take in a colleague's work…"),
    Information: Row::new(icons::INFO, "Projektinformation", "Project information").on_shift(Key::I),
    Undo: Row::new(icons::UNDO, "Ångra", "Undo").on(Key::Z),
    Redo: Row::new(icons::REDO, "Gör om", "Redo").on(Key::Y).also_on_shift(Key::Z),
    ZoomIn: Row::new(icons::ADD, "Zooma in", "Zoom in"),
    ZoomOut: Row::new(icons::REMOVE, "Zooma ut", "Zoom out"),
    Overview: Row::new(icons::OVERVIEW, "Visa allt", "Show everything").on(Key::Num0),
    GoTo: Row::new(icons::MOVE, "Gå till koordinat, ruta eller plats…", "Go to coordinates, cell or place…").on(Key::G),
    Measure: Row::new(icons::MEASURE, "Mät avstånd", "Measure distance").on(Key::M),
    AddBookmark: Row::new(icons::BOOKMARK, "Spara vyn som bokmärke", "Bookmark this view").on(Key::D),
    TogglePanel: Row::new(icons::FOLD, "Fäll ihop eller visa panelen", "Fold or show the panel").on(Key::B),
    History: Row::new(icons::HISTORY, "Ändringshistorik", "Undo history").on(Key::H),
    PlaceTrial: Row::new(icons::TRIAL, "Placera testplats", "Place test site").on(Key::T),
    CloseRoad: Row::new(icons::CLOSED_ROAD, "Stäng en väg", "Close a road"),
    DrawClosure: Row::new(icons::AREA, "Stäng ett område", "Close an area"),
    ExportSelected: Row::new(icons::EXPORT, "Exportera valda platser…", "Export chosen sites…").on(Key::E),
    SaveMap: Row::new(icons::EXPORT, "Kartsida eller bild…", "Map page or picture…").on(Key::P),
    Report: Row::new(icons::REPORT, "Rapport inför beslut…", "Report for a decision…").on(Key::R),
    ToggleTheme: Row::new(icons::DARK, "Ljust eller mörkt", "Light or dark"),
    ToggleLanguage: Row::new(icons::ONLINE, "Switch to English", "Byt till svenska"),
    ToggleOnlineMap: Row::new(icons::ONLINE, "Bakgrundskarta från nätet på/av", "Online background map on/off"),
    Search: Row::new(icons::SEARCH, "Sök plats eller kommando", "Search place or command").on(Key::K),
    Start: Row::new(icons::OVERVIEW, "Startsidan", "Start page"),
    Tour: Row::new(icons::QUESTION, "Visa runt", "Take the tour"),
    About: Row::new(icons::INFO, "Om Sotplan", "About Sotplan"),
    Settings: Row::new(icons::SETTINGS, "Inställningar", "Settings"),
    Quit: Row::new(icons::CLOSE, "Avsluta", "Quit").on(Key::Q),
}

impl Simple {
    const fn row(self) -> &'static Row {
        &ROWS[self as usize]
    }

    #[must_use]
    pub const fn icon(self) -> Icon {
        self.row().icon
    }

    #[must_use]
    pub const fn shortcut(self) -> Option<KeyboardShortcut> {
        self.row().shortcut
    }

    /// The keys that other programs have for it.
    #[must_use]
    pub const fn other_shortcut(self) -> Option<KeyboardShortcut> {
        self.row().also
    }
}

impl Said for Simple {
    fn said(&self, lang: Lang) -> String {
        let [sv, en] = self.row().names;
        lang.pick(sv, en).into()
    }
}
