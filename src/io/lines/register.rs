//! What does Sweden's road register NVDB say of a stretch? Its columns by whatever name, and their values.
//! Does not know geometries or files. What each column means is told in `docs/formats.md`, with its sources.

use super::values::{Cell, LineValues};
use crate::model::recognise;
use crate::model::roads::{Access, BuiltUp, Direction, Keeper, RoadClass, Surface};

/// What a column of the register tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
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
pub(super) struct Register {
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
fn key(name: &str) -> String {
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

/// A row of the register, and the columns whose values nobody knows.
pub(super) struct Row<'a, C> {
    pub register: &'a Register,
    pub cell: C,
    /// (column, value)
    pub unknown: Vec<(usize, String)>,
}

impl<'a, C: FnMut(usize) -> Cell<'a>> Row<'_, C> {
    fn get(&mut self, field: Field) -> Cell<'a> {
        match self.register.column(field) {
            Some(column) => (self.cell)(column),
            None => Cell::Null,
        }
    }

    fn unknown(&mut self, field: Field, value: &Cell<'_>) {
        if let Some(column) = self.register.column(field) {
            self.unknown.push((column, value.text().chars().take(60).collect()));
        }
    }

    /// What a parser makes of a value that is there; one that it does not know is kept for the report.
    fn read<T>(&mut self, field: Field, parse: impl Fn(&Cell<'_>) -> Option<T>) -> Option<T> {
        let value = self.get(field);
        if value.is_nothing() {
            return None;
        }
        let parsed = parse(&value);
        if parsed.is_none() {
            self.unknown(field, &value);
        }
        parsed
    }

    fn whole(&mut self, field: Field, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        self.read(field, |value| value.whole().filter(|number| range.contains(number)))
    }

    fn text(&mut self, field: Field) -> Option<String> {
        let value = self.get(field);
        let text = value.text();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn is(&mut self, field: Field) -> bool {
        let name = NAMES[field as usize].1[0];
        self.read(field, |value| yes_or_no(value, name)).unwrap_or(false)
    }

    /// Posted km/h × 10; 0 says nothing.
    fn limit(&mut self, field: Field) -> u16 {
        let limit = |value: &Cell<'_>| {
            let kmh = value.number()?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to lie within 0–200"
            )]
            let tenths = (0.0..=200.0).contains(&kmh).then(|| (kmh * 10.0).round() as u16);
            tenths
        };
        self.read(field, limit).unwrap_or(0)
    }

    /// What the row says of its stretch; `None` where driving is forbidden both ways.
    pub fn values(&mut self) -> Option<LineValues> {
        let mut out = LineValues::default();
        let forbidden = (self.is(Field::ForbiddenForward), self.is(Field::ForbiddenBackward));
        out.direction = match forbidden {
            (true, true) => return None,
            (false, true) => Direction::Forward,
            (true, false) => Direction::Backward,
            (false, false) => Direction::Both,
        };
        out.limits = [self.limit(Field::SpeedForward), self.limit(Field::SpeedBackward)];
        out.length_m = self.read(Field::Length, length).unwrap_or(0.0);
        let built_up = self.read(Field::BuiltUp, |value| yes_or_no(value, "TattbebyggtOmrade"));
        out.built_up = match (built_up, self.register.column(Field::BuiltUp)) {
            (Some(true), _) => BuiltUp::Inside,
            // The register tells of every stretch inside; of one outside it says no or nothing.
            (_, Some(_)) => BuiltUp::Outside,
            (_, None) => BuiltUp::Unsaid,
        };
        self.class(&mut out);
        self.surroundings(&mut out);
        self.bans(&mut out);
        self.obstacle(&mut out);
        out.name = self.name(out.class == RoadClass::Ferry);
        Some(out)
    }

    /// The class, and who may use it. The table stands in `docs/travel.md`.
    fn class(&mut self, out: &mut LineValues) {
        let net = self.read(Field::NetType, net_type);
        let functional = self.whole(Field::Class, 0..=9);
        let cycle_or_foot = self.whole(Field::CycleOrFoot, 0..=999);
        // A name of a ferry route tells one too, unless a column says that it is none.
        let is_named_ferry = || net.is_none() && self.register.column(Field::Ferry).is_none();
        let has_ferry_name =
            is_named_ferry() && self.text(Field::FerryName).is_some_and(|name| !is_no(&name));
        let is_ferry = self.is(Field::Ferry) || net == Some(NetType::Ferry) || has_ferry_name;
        let road_type = self.whole(Field::RoadType, 0..=99);
        let is_motorway = self.is(Field::Motorway) || road_type == Some(1);
        let is_motorroad = self.is(Field::Motorroad);
        // A register of roads holds roads for cars: the least of its classes is no forest track without a sign.
        out.motor = Access::Yes;
        out.class = match (net, functional) {
            _ if is_ferry => RoadClass::Ferry,
            (Some(NetType::Cycle | NetType::Foot), _) => {
                out.motor = Access::No;
                match (net, cycle_or_foot) {
                    (_, Some(STAIRS)) => RoadClass::Steps,
                    (Some(NetType::Cycle), _) => RoadClass::Cycleway,
                    _ => RoadClass::Footway,
                }
            }
            _ if is_motorway => RoadClass::Motorway,
            _ if is_motorroad => RoadClass::Trunk,
            (_, Some(functional)) => functional_class(functional, out.built_up),
            // The smallest public class promises least.
            (_, None) => RoadClass::Unclassified,
        };
        out.is_motorroad = is_motorroad && out.class == RoadClass::Trunk;
        if matches!(out.class, RoadClass::Motorway) || out.is_motorroad {
            out.foot = Access::No;
        }
        if out.class == RoadClass::Ferry {
            out.motor = Access::Unsaid;
            // What one drives on board is not the register's to say.
            out.limits = [0; 2];
        }
    }

    fn surroundings(&mut self, out: &mut LineValues) {
        out.keeper = self
            .read(Field::Keeper, |value| match (value.whole(), key(&value.text()).as_str()) {
                (Some(1), _) | (_, "statlig") => Some(Keeper::State),
                (Some(2), _) | (_, "kommunal") => Some(Keeper::Municipal),
                (Some(3), _) | (_, "enskild") => Some(Keeper::Private),
                _ => None,
            })
            .unwrap_or_default();
        out.surface = self
            .read(Field::Surface, |value| match (value.whole(), key(&value.text()).as_str()) {
                (Some(1), _) | (_, "belagd") => Some(Surface::Paved),
                (Some(2), _) | (_, "grus") => Some(Surface::Gravel),
                _ => None,
            })
            .unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what fits")]
        let decimetres = |metres: f64| (metres * 10.0).round().clamp(1.0, 255.0) as u8;
        let width = |value: &Cell<'_>| value.number().filter(|width| (0.0..=200.0).contains(width));
        let width = self.read(Field::Width, width).filter(|width| *width > 0.0);
        out.width_dm = width.map_or(0, decimetres);
        out.is_roundabout = self.is(Field::RoundaboutForward) || self.is(Field::RoundaboutBackward);
    }

    /// Bans on traffic, where they are meant for cars.
    fn bans(&mut self, out: &mut LineValues) {
        let fields = [
            (Field::BanForward, Field::BannedForward, Field::BannedAboveForward),
            (Field::BanBackward, Field::BannedBackward, Field::BannedAboveBackward),
        ];
        for (side, (ban, vehicles, above)) in fields.into_iter().enumerate() {
            if !self.is(ban) {
                continue;
            }
            // A ban of which the vehicles are not said, or not known, holds: what is not said is no permission.
            let is_for_cars = self.read(vehicles, is_for_cars).unwrap_or(true);
            let tonnes = self.read(above, |value| tonnes(value).filter(|t| (0.0..=100.0).contains(t)));
            match tonnes.filter(|tonnes| *tonnes > 0.0) {
                _ if !is_for_cars => {}
                Some(tonnes) => {
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "checked to lie within 0–100"
                    )]
                    let steps = (tonnes * 10.0 + 1e-6).floor().max(1.0) as u16;
                    out.bans_above[side] = steps;
                }
                None => out.bans[side] = true,
            }
        }
    }

    /// What stands across the road.
    fn obstacle(&mut self, out: &mut LineValues) {
        let obstacle = self.read(Field::Obstacle, obstacle);
        let passable = |value: &Cell<'_>| value.number().filter(|width| (0.0..=50.0).contains(width));
        let passable = self.read(Field::Passable, passable);
        out.obstacle = match obstacle {
            None | Some(0) => return,
            // There is room beside it.
            Some(_) if passable.is_some_and(|width| width >= CAR_PASSES_M) => return,
            Some(LOCKED_GATE) => Access::Destination,
            // Bollard, yielding gate, cycle gate, concrete, bus trap.
            Some(1 | 2 | 3 | 5 | 6) => Access::No,
            // Nobody says what it is: only where it is said that a car has no room does it hold cars back.
            Some(OTHER_OBSTACLE) if passable.is_some_and(|width| width > 0.0) => Access::No,
            Some(OTHER_OBSTACLE) => return,
            Some(other) => return self.unknown(Field::Obstacle, &Cell::Integer(i64::from(other))),
        };
    }

    /// "Storgatan (väg 345)", "E14", "Fåröleden".
    fn name(&mut self, is_ferry: bool) -> Option<String> {
        let ferry = if is_ferry { self.text(Field::FerryName) } else { None };
        let name = ferry.or_else(|| self.text(Field::Street)).or_else(|| self.text(Field::OtherName));
        match (name, self.number()) {
            (Some(name), Some(number)) => Some(format!("{name} ({number})")),
            (name, number) => name.or(number),
        }
    }

    /// The road's number: E14, väg 345, väg Z 751.
    fn number(&mut self) -> Option<String> {
        self.register.column(Field::MainNumber).or_else(|| self.register.column(Field::European))?;
        let european = self.get(Field::European);
        let (is_european, in_european) = match european.whole() {
            Some(0) => (false, None),
            // 1 is a yes, there is no E1 in Sweden; so is -1 in tables of older programs.
            Some(1) => (true, None),
            None if european.number().is_some_and(|number| (number + 1.0).abs() < f64::EPSILON) => {
                (true, None)
            }
            Some(number) => (true, Some(number)),
            None => {
                let text = european.text();
                let text = text.trim();
                let number = text.strip_prefix(['E', 'e']).and_then(|rest| rest.trim().parse().ok());
                let is_yes = yes_or_no(&european, "Europaväg").unwrap_or(false);
                if number.is_none() && !is_yes && !european.is_nothing() && !is_no(text) {
                    self.unknown(Field::European, &european);
                }
                (number.is_some() || is_yes, number)
            }
        };
        let main = self.whole(Field::MainNumber, 0..=9_999).filter(|number| *number > 0);
        let sub = self.whole(Field::SubNumber, 0..=999).filter(|number| *number > 0);
        let main = main.or(in_european)?;
        let sub = sub.map(|sub| format!(".{sub:02}")).unwrap_or_default();
        if is_european {
            return Some(format!("E{main}{sub}"));
        }
        // From 500 on a number is a county's own.
        let county = if main < 500 { None } else { self.text(Field::County) };
        let county = county.map(|said| county_letter(&said)).filter(|letter| !letter.is_empty());
        Some(match county {
            Some(letter) => format!("väg {letter} {main}{sub}"),
            None => format!("väg {main}{sub}"),
        })
    }
}

/// Stairs among the kinds of cycle and foot ways.
const STAIRS: u32 = 17;
const LOCKED_GATE: u32 = 4;
const OTHER_OBSTACLE: u32 = 99;

/// A car passes an obstacle that leaves so much room, metres: the greatest width of a car, 2.6 m by Swedish law, is a
/// lorry's; ordinary cars with mirrors need about 2.2 [A].
const CAR_PASSES_M: f64 = 2.2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NetType {
    Car,
    Cycle,
    Ferry,
    Foot,
}

fn net_type(value: &Cell<'_>) -> Option<NetType> {
    match (value.whole(), key(&value.text()).as_str()) {
        (Some(1), _) | (_, "bilnat" | "bil") => Some(NetType::Car),
        (Some(2), _) | (_, "cykelnat" | "cykel") => Some(NetType::Cycle),
        (Some(3), _) | (_, "farja" | "farjenat" | "farjeled") => Some(NetType::Ferry),
        (Some(4), _) | (_, "gangnat" | "gang") => Some(NetType::Foot),
        _ => None,
    }
}

/// The class of a functional class, 0 (the largest) to 9.
pub(super) fn functional_class(functional: u32, built_up: BuiltUp) -> RoadClass {
    match functional {
        0 => RoadClass::Trunk,
        1 => RoadClass::Primary,
        2 => RoadClass::Secondary,
        3 | 4 => RoadClass::Tertiary,
        5 | 6 => RoadClass::Unclassified,
        7 if built_up == BuiltUp::Outside => RoadClass::Unclassified,
        7 => RoadClass::Residential,
        8 if built_up == BuiltUp::Inside => RoadClass::Residential,
        8 => RoadClass::Service,
        _ => RoadClass::Track,
    }
}

/// Tonnes, also "3,5 ton".
fn tonnes(value: &Cell<'_>) -> Option<f64> {
    value.number().or_else(|| {
        let text = value.text().to_lowercase();
        let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let unit = key(text.get(number.len()..)?);
        let number = Cell::Text(number.into()).number()?;
        matches!(unit.as_str(), "t" | "ton" | "tons").then_some(number)
    })
}

/// What stands across the road, by the register's numbers or words.
fn obstacle(value: &Cell<'_>) -> Option<u32> {
    match value.whole() {
        Some(number) => Some(number).filter(|number| *number < 100),
        None => match key(&value.text()).as_str() {
            "pollare" => Some(1),
            "eftergivliggrind" => Some(2),
            "ejoppningsbargrindellercykelfalla" | "cykelfalla" => Some(3),
            "lastgrindellerbom" | "lastgrind" => Some(LOCKED_GATE),
            "betonghinder" => Some(5),
            "sparviddshinder" => Some(6),
            "ovrigt" => Some(OTHER_OBSTACLE),
            _ => None,
        },
    }
}

/// Is a ban meant for cars, by the register's kinds of vehicle, of which several may be said? `None` for a kind that is
/// not known.
fn is_for_cars(value: &Cell<'_>) -> Option<bool> {
    let text = value.text();
    if value.number().is_none() && text.contains([';', ',', '/', '|']) {
        let each = text.split([';', ',', '/', '|']).filter(|part| !part.trim().is_empty());
        let each: Vec<Option<bool>> =
            each.map(|part| is_one_for_cars(&Cell::Text(part.trim().into()))).collect();
        return if each.contains(&Some(true)) {
            Some(true)
        } else if each.contains(&None) {
            None
        } else {
            Some(false)
        };
    }
    is_one_for_cars(value)
}

fn is_one_for_cars(value: &Cell<'_>) -> Option<bool> {
    match value.whole() {
        // Car, any vehicle, motor vehicles, passenger car.
        Some(10 | 40 | 170 | 210) => Some(true),
        // Bus, cycle, lorry, light lorry, mopeds, motorcycle, motor equipment, all-terrain vehicle, tractor, heavy lorry.
        Some(20 | 30 | 90 | 100 | 120 | 130 | 140 | 150 | 180 | 230 | 270 | 280) => Some(false),
        Some(_) => None,
        None => match key(&value.text()).as_str() {
            "bil" | "fordon" | "motordrivnafordon" | "motordrivetfordon" | "personbil" => Some(true),
            "buss" | "cykel" | "lastbil" | "lattlastbil" | "tunglastbil" | "moped" | "mopedklassi"
            | "mopedklassii" | "motorcykel" | "motorredskap" | "terrangmotorfordon" | "traktor" => {
                Some(false)
            }
            _ => None,
        },
    }
}

fn is_no(text: &str) -> bool {
    matches!(key(text).as_str(), "" | "0" | "nej" | "no" | "n" | "false" | "falskt" | "f")
}

/// Yes or no as registers write it: 1/0, -1, words, or the name of the thing itself where it is there.
fn yes_or_no(value: &Cell<'_>, name: &str) -> Option<bool> {
    match value.number() {
        Some(number) if number.abs() < f64::EPSILON => Some(false),
        Some(number) if (number.abs() - 1.0).abs() < f64::EPSILON => Some(true),
        Some(_) => None,
        None => {
            let text = value.text();
            if is_no(&text) {
                return Some(false);
            }
            let said = key(&text);
            let is_named = !said.is_empty() && key(name).ends_with(&said) && said.len() > 3;
            (matches!(said.as_str(), "ja" | "yes" | "j" | "y" | "true" | "sant" | "t" | "x") || is_named)
                .then_some(true)
        }
    }
}

/// Metres, at most the length of Sweden and back.
fn length(value: &Cell<'_>) -> Option<f32> {
    let metres = value.number().filter(|metres| (0.0..=4_000_000.0).contains(metres))?;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked; centimetres are enough")]
    let metres = metres as f32;
    Some(metres)
}

/// The letter of a county, also of one told by its number.
fn county_letter(said: &str) -> String {
    const LETTERS: [&str; 26] = [
        "", "AB", "", "C", "D", "E", "F", "G", "H", "I", "K", "L", "M", "N", "O", "P", "R", "S", "T", "U",
        "W", "X", "Y", "Z", "AC", "BD",
    ];
    let said = said.trim();
    match said.parse::<f64>() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a county")]
        Ok(number) if (0.0..26.0).contains(&number) => LETTERS[number as usize].to_owned(),
        Ok(_) => String::new(),
        Err(_) => said.chars().take(4).collect(),
    }
}
