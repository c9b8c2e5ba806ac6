//! Which columns of the register does a file have, by whatever name?

use crate::model::recognise;

/// What a column of the register tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io::lines) enum Field {
    NetType,
    Class,
    SpeedForward,
    SpeedBackward,
    ForbiddenForward,
    ForbiddenBackward,
    Length,
    Ferry,
    FerryName,
    Motorway,
    Motorroad,
    RoadType,
    BanForward,
    BanBackward,
    BannedForward,
    BannedBackward,
    BannedAboveForward,
    BannedAboveBackward,
    Keeper,
    Surface,
    Width,
    BuiltUp,
    RoundaboutForward,
    RoundaboutBackward,
    Obstacle,
    Passable,
    CycleOrFoot,
    European,
    MainNumber,
    SubNumber,
    County,
    Street,
    OtherName,
}

/// Names of the columns: as the register's short product writes them, older ones, and the product that spells them
/// out. Compared by letters and digits alone, without the rings and dots of å, ä and ö.
const NAMES: [(Field, &[&str]); 33] = [
    (Field::NetType, &["Vagtr_474", "Vagtrafiknat_Nattyp", "Vagtrafiknat_Vagtrafiknattyp"]),
    (Field::Class, &["Klass_181", "FunkVagklass_Klass", "Funktionell vägklass/Klass"]),
    (Field::SpeedForward, &["F_Hogst_225", "Hastighetsgrans_HogstaTillatnaHastighet_F"]),
    (Field::SpeedBackward, &["B_Hogst_225", "Hastighetsgrans_HogstaTillatnaHastighet_B"]),
    (Field::ForbiddenForward, &["F_ForbjudenFardriktning", "ForbjudenFardriktning_F"]),
    (Field::ForbiddenBackward, &["B_ForbjudenFardriktning", "ForbjudenFardriktning_B"]),
    (Field::Length, &["extlen"]),
    (Field::Ferry, &["Farjeled"]),
    (Field::FerryName, &["Farje_139", "Farjeled_Farjeledsnamn"]),
    (Field::Motorway, &["Motorvag"]),
    (Field::Motorroad, &["Motortrafikled"]),
    (Field::RoadType, &["typ_41", "vagty_41", "Vagtyp_Typ"]),
    (Field::BanForward, &["F_ForbudTrafik", "ForbudMotTrafik_F"]),
    (Field::BanBackward, &["B_ForbudTrafik", "ForbudMotTrafik_B"]),
    (Field::BannedForward, &["F_Gallar_135", "ForbudMotTrafik_GallerFordon_F"]),
    (Field::BannedBackward, &["B_Gallar_135", "ForbudMotTrafik_GallerFordon_B"]),
    (Field::BannedAboveForward, &["F_Total_136", "ForbudMotTrafik_Totalvikt_F"]),
    (Field::BannedAboveBackward, &["B_Total_136", "ForbudMotTrafik_Totalvikt_B"]),
    (Field::Keeper, &["Vagha_6", "Vaghallare_Vaghallartyp"]),
    (Field::Surface, &["Slitl_152", "Slitlager_Slitlagertyp"]),
    (Field::Width, &["Bredd_156", "Vagbredd_Bredd"]),
    (Field::BuiltUp, &["TattbebyggtOmrade"]),
    (Field::RoundaboutForward, &["F_Cirkulationsplats", "Cirkulationsplats_F"]),
    (Field::RoundaboutBackward, &["B_Cirkulationsplats", "Cirkulationsplats_B"]),
    (Field::Obstacle, &["Hinde_72", "Vaghinder_Hindertyp"]),
    (Field::Passable, &["Passe_73", "Vaghinder_PasserbarBredd"]),
    (Field::CycleOrFoot, &["GCM_t_502", "GCM-vägtyp/GCM-typ"]),
    (Field::European, &["Evag_555", "Europ_16", "Vagnummer_Europavag"]),
    (Field::MainNumber, &["Huvnr_556_1", "Huvud_13", "Vagnummer_Huvudnummer", "Vagnummer_Huvudnummer_1"]),
    (Field::SubNumber, &["Undnr_557", "Under_14", "Vagnummer_Undernummer"]),
    (Field::County, &["Lan_558", "Lanst_15", "Vagnummer_Lanstillhorighet"]),
    (Field::Street, &["Namn_130", "Gatunamn_Namn"]),
    (Field::OtherName, &["Namn_132", "OvrigtVagnamn_Namn"]),
];

/// Columns of which one alone tells that a file is the register's.
const TELLING: [Field; 7] = [
    Field::NetType,
    Field::Class,
    Field::SpeedForward,
    Field::SpeedBackward,
    Field::ForbiddenForward,
    Field::ForbiddenBackward,
    Field::Length,
];

/// A Shapefile keeps so many letters of a name.
const SHORT: usize = 10;

/// The columns of the register that a file has, as positions among its columns.
#[derive(Debug, Clone)]
pub(in crate::io::lines) struct Register {
    at: [Option<usize>; NAMES.len()],
    /// Columns of which nobody can tell what they mean, since their names were cut.
    pub unclear: Vec<String>,
}

impl Default for Register {
    fn default() -> Self {
        Self { at: [None; NAMES.len()], unclear: Vec::new() }
    }
}

/// The letters and digits of a name.
pub(super) fn key(name: &str) -> String {
    recognise::folded(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            other => other,
        })
        .collect()
}

/// Does a column bear the name as a Shapefile cuts it? `F_ForbjudenFardriktning` becomes `F_Forbjude`, and a second
/// one with these letters `F_Forbju_1`.
fn is_cut_from(column: &str, name: &str) -> bool {
    let letters = |n: usize| name.chars().take(n).collect::<String>();
    if name.chars().count() <= SHORT || column.chars().count() != SHORT {
        return false;
    }
    let numbered = column.rsplit_once('_').filter(|(_, end)| end.len() == 1 && end.parse::<u8>().is_ok());
    key(column) == key(&letters(SHORT))
        || numbered
            .is_some_and(|(start, _)| start.len() == SHORT - 2 && key(start) == key(&letters(SHORT - 2)))
}

impl Field {
    /// What the register's short product calls it.
    pub const fn name(self) -> &'static str {
        NAMES[self as usize].1[0]
    }
}

impl Register {
    /// The columns among those of a file.
    pub fn among(columns: &[String]) -> Self {
        let keys: Vec<String> = columns.iter().map(|name| key(name)).collect();
        let mut found = Self::default();
        for (slot, (_, names)) in found.at.iter_mut().zip(&NAMES) {
            *slot = names.iter().find_map(|name| keys.iter().position(|known| *known == key(name)));
        }
        let taken = found.at;
        let is_free = |column: &usize| !taken.contains(&Some(*column));
        // What is cut is looked for where no whole name stands, and counts only if one field alone can be meant.
        let mut meant: Vec<(usize, Vec<usize>)> = Vec::new();
        for (field, (_, names)) in NAMES.iter().enumerate().filter(|(field, _)| taken[*field].is_none()) {
            for column in (0..columns.len()).filter(is_free) {
                if names.iter().any(|name| is_cut_from(&columns[column], name)) {
                    match meant.iter_mut().find(|(known, _)| *known == column) {
                        Some((_, fields)) => fields.push(field),
                        None => meant.push((column, vec![field])),
                    }
                }
            }
        }
        for (column, fields) in &meant {
            let rivals = meant.iter().filter(|(_, others)| others.iter().any(|f| fields.contains(f))).count();
            match fields.as_slice() {
                [field] if rivals == 1 => found.at[*field] = Some(*column),
                _ => found.unclear.push(columns[*column].clone()),
            }
        }
        found
    }

    /// Is this the register?
    pub fn is_there(&self) -> bool {
        TELLING.iter().any(|field| self.at[*field as usize].is_some())
    }

    /// Where a field stands among the columns of the file.
    pub const fn column(&self, field: Field) -> Option<usize> {
        self.at[field as usize]
    }

    /// The columns used, each once, in order.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.at.iter().copied().flatten()
    }

    /// What a field is called in words of the program, and its column.
    pub fn taken_for(&self) -> impl Iterator<Item = (&'static str, usize)> {
        NAMES.iter().zip(&self.at).filter_map(|((_, names), at)| Some((names[0], (*at)?)))
    }
}
