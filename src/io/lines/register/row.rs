//! What does a row of the register say of its stretch? Class, limits, bans, obstacle, name.

use super::codes::{
    LOCKED_GATE, NetType, OTHER_OBSTACLE, STAIRS, county_letter, functional_class, is_for_cars, is_no,
    length, net_type, obstacle, tonnes, yes_or_no,
};
use super::names::{Field, Register, key};
use crate::io::lines::values::{Cell, LineValues};
use crate::model::roads::{Access, BuiltUp, Direction, Keeper, RoadClass, Surface};

/// A car passes an obstacle that leaves so much room, metres: the greatest width of a car, 2.6 m by Swedish law, is a
/// lorry's; ordinary cars with mirrors need about 2.2 [A].
const CAR_PASSES_M: f64 = 2.2;

/// A row of the register, and the columns whose values nobody knows.
pub(in crate::io::lines) struct Row<'a, C> {
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
        self.read(field, |value| yes_or_no(value, field.name())).unwrap_or(false)
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
