//! Which EPSG system is it that a description means? By its number, else by its name, else by its numbers; and what it
//! says of itself must agree with the system found, for a name on other numbers is a mistake nobody sees.

use std::f64::consts::PI;

use super::names::{NotUnderstood, by_name, code, shown};
use super::system::Crs;
use super::{definitions, known};

/// What a description is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Geographic,
    Projected,
    /// A local grid, the Earth's centre.
    Other,
}

/// A system as a text describes it. Angles of parameters in degrees, lengths in its own unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Described {
    pub kind: Kind,
    pub name: String,
    /// Authority and number.
    pub ids: Vec<(String, String)>,
    pub datum: Option<String>,
    /// Half the long axis in metres, and the inverse of the flattening.
    pub ellipsoid: Option<(f64, f64)>,
    /// The prime meridian, degrees east of Greenwich.
    pub meridian: Option<f64>,
    pub method: Option<String>,
    pub parameters: Vec<(String, f64)>,
    /// Metres, or radians, of the unit of its numbers.
    pub unit: Option<f64>,
}

impl Described {
    /// The system that it means.
    ///
    /// # Errors
    /// [`NotUnderstood`] where it is none that can be computed, or contradicts itself.
    pub fn crs(&self) -> Result<Crs, NotUnderstood> {
        let named = || NotUnderstood(format!("“{}”", shown(&self.name)));
        if self.kind == Kind::Other {
            return Err(named());
        }
        let numbered = self.ids.iter().find(|(authority, _)| authority.eq_ignore_ascii_case("EPSG"));
        let own = self.ids.first().filter(|(authority, _)| authority.eq_ignore_ascii_case("ESRI"));
        if let Some((_, number)) = numbered {
            let crs = code(number).map_err(|error| NotUnderstood(format!("{error}, {}", named())))?;
            return self.agreeing(crs);
        }
        if let Some(crs) = self.by_name() {
            return self.agreeing(crs);
        }
        // Esri's own numbers are Web Mercator, or say nothing that the name does not.
        if let Some(crs) =
            own.and_then(|(_, number)| code(number).ok()).filter(|crs| *crs == Crs::WebMercator)
        {
            return self.agreeing(crs);
        }
        self.by_numbers().ok_or_else(named)
    }

    fn by_name(&self) -> Option<Crs> {
        by_name(&self.name).filter(|crs| crs.is_degrees() == (self.kind == Kind::Geographic))
    }

    /// The system found, where what the description says of itself is that system.
    fn agreeing(&self, crs: Crs) -> Result<Crs, NotUnderstood> {
        let contradicts =
            |what: &str| NotUnderstood(format!("“{}” ≠ {} ({what})", shown(&self.name), crs.name()));
        if crs.is_degrees() != (self.kind == Kind::Geographic) {
            return Err(contradicts("PROJCS/GEOGCS"));
        }
        match definitions::text(crs.epsg()).map(|text| self.differs(crs, &text)) {
            Some(Some(what)) => Err(contradicts(&what)),
            Some(None) => Ok(crs),
            None => Err(contradicts("EPSG")),
        }
    }

    /// What differs from a definition, if anything does.
    fn differs(&self, crs: Crs, text: &str) -> Option<String> {
        let near = |a: f64, b: f64, by: f64| (a - b).abs() <= by;
        let unit = self.unit.unwrap_or(if self.kind == Kind::Geographic { PI / 180.0 } else { 1.0 });
        let unit_here = if self.kind == Kind::Geographic { Some(PI / 180.0) } else { metres_of_unit(text) };
        if unit_here.is_some_and(|here| !near(unit, here, here * 1e-6)) {
            return Some(format!("UNIT {unit}"));
        }
        // Web Mercator is written with the ellipsoid it is not computed on.
        let axes = ellipsoid(text).filter(|_| crs != Crs::WebMercator);
        if let (Some((a, rf)), Some((a_here, rf_here))) = (self.ellipsoid, axes)
            && !(near(a, a_here, 0.01) && near(rf, rf_here, 1e-3))
        {
            return Some(format!("SPHEROID {a}, {rf}"));
        }
        if definitions::value(text, "pm").is_none() && self.meridian.is_some_and(|east| east.abs() > 1e-9) {
            return Some("PRIMEM".into());
        }
        self.parameters.iter().find_map(|(name, value)| {
            let here = parameter(text, &known::letters(name))?;
            // 1″ is 30 m; a length is as good as its digits.
            let by = if here.is_angle { 1e-7 } else { 1e-3 };
            let (value, here_value) = (*value * if here.is_length { unit } else { 1.0 }, here.value);
            let by = if here.is_scale { 1e-9 } else { by };
            (!near(value, here_value, by)).then(|| format!("{name} {value}"))
        })
    }

    /// The system of these numbers on a datum of this name. Several of the same numbers are one system by several names:
    /// of them the first whose axes stand as files have them.
    fn by_numbers(&self) -> Option<Crs> {
        let datum = datum_letters(self.datum.as_deref()?);
        let method = self.method.as_deref().map(known::letters);
        let fitting =
            known::all().iter().filter(|known| datum_letters(known.datum) == datum).filter_map(|known| {
                let crs = Crs::try_from(known.code).ok()?;
                let text = definitions::text(crs.epsg())?;
                let is_meant = match (&method, self.kind) {
                    (None, Kind::Geographic) => crs.is_degrees(),
                    (Some(method), Kind::Projected) => {
                        is_method(&text, method) && self.is_complete(&text) && !crs.is_degrees()
                    }
                    _ => false,
                };
                (is_meant && self.ellipsoid.is_some() && self.differs(crs, &text).is_none()).then_some(crs)
            });
        fitting.min_by_key(|crs| (crs.is_north_first(), crs.epsg()))
    }

    /// Does it say every number that a definition has? Else it may be anything.
    fn is_complete(&self, text: &str) -> bool {
        let said = |wanted: &str| {
            let names = self.parameters.iter().map(|(name, _)| parameter(text, &known::letters(name)));
            names.flatten().any(|parameter| parameter.of == wanted)
        };
        let wanted: &[&str] = match definitions::value(text, "proj") {
            Some("utm" | "tmerc") => &["lon_0", "k", "x_0"],
            Some("lcc") => &["lon_0", "lat_0", "x_0", "lat_1"],
            Some("laea") => &["lon_0", "lat_0", "x_0"],
            _ => return false,
        };
        wanted.iter().all(|name| said(name))
    }
}

/// A number of a definition that a parameter of a text stands for.
struct Number {
    of: &'static str,
    value: f64,
    is_angle: bool,
    is_length: bool,
    is_scale: bool,
}

/// The number of a definition for the name of a parameter, by letters alone; `None` for one that it has not.
fn parameter(text: &str, letters: &str) -> Option<Number> {
    let of = match letters {
        "centralmeridian"
        | "longitudeofnaturalorigin"
        | "longitudeoffalseorigin"
        | "longitudeofcenter"
        | "longitudeoforigin" => "lon_0",
        "latitudeoforigin" | "latitudeofnaturalorigin" | "latitudeoffalseorigin" | "latitudeofcenter" => {
            "lat_0"
        }
        "scalefactor" | "scalefactoratnaturalorigin" => "k",
        "falseeasting" | "eastingatfalseorigin" => "x_0",
        "falsenorthing" | "northingatfalseorigin" => "y_0",
        "standardparallel1" | "latitudeof1ststandardparallel" => "lat_1",
        "standardparallel2" | "latitudeof2ndstandardparallel" => "lat_2",
        _ => return None,
    };
    let said = |name: &str| definitions::value(text, name).and_then(|value| value.parse::<f64>().ok());
    let zone = said("zone").filter(|_| definitions::value(text, "proj") == Some("utm"));
    let value = match (zone, of) {
        (Some(zone), "lon_0") => zone * 6.0 - 183.0,
        (Some(_), "k") => 0.9996,
        (Some(_), "x_0") => 500_000.0,
        (Some(_), "y_0") if text.contains("+south") => 10_000_000.0,
        (Some(_), _) => 0.0,
        (None, "k") => said("k").or_else(|| said("k_0")).unwrap_or(1.0),
        // The standard parallel of a Mercator is another number of PROJ's; it is compared by no one.
        (None, "lat_1" | "lat_2") => said(of)?,
        (None, _) => said(of).unwrap_or(0.0),
    };
    let is_length = matches!(of, "x_0" | "y_0");
    Some(Number { of, value, is_length, is_scale: of == "k", is_angle: !is_length && of != "k" })
}

/// Does a definition compute by a method of this name?
fn is_method(text: &str, letters: &str) -> bool {
    match definitions::value(text, "proj") {
        Some("utm" | "tmerc") => matches!(letters, "transversemercator" | "gausskruger"),
        Some("lcc") => letters.starts_with("lambertconformalconic") || letters == "lambertconicconformal2sp",
        Some("laea") => letters.starts_with("lambertazimuthalequalarea"),
        _ => false,
    }
}

/// The ellipsoid of a definition; `None` where it is none of these, which is not compared.
fn ellipsoid(text: &str) -> Option<(f64, f64)> {
    let name = definitions::value(text, "ellps");
    match name.or_else(|| definitions::value(text, "datum")) {
        Some("GRS80" | "NAD83") => Some((6_378_137.0, 298.257_222_101)),
        Some("WGS84") => Some((6_378_137.0, 298.257_223_563)),
        Some("bessel") => Some((6_377_397.155, 299.152_812_8)),
        Some("intl") => Some((6_378_388.0, 297.0)),
        Some("krass") => Some((6_378_245.0, 298.3)),
        _ => None,
    }
}

/// `None` where it is said in another way, which is not compared.
fn metres_of_unit(text: &str) -> Option<f64> {
    match definitions::value(text, "units") {
        Some("m") => Some(1.0),
        Some("km") => Some(1000.0),
        _ => None,
    }
}

/// The name of a datum by letters alone, Esri's as the EPSG dataset has it.
fn datum_letters(name: &str) -> String {
    let letters = known::letters(name.strip_prefix("D_").unwrap_or(name));
    match letters.strip_suffix("ensemble").unwrap_or(&letters) {
        "wgs1984" | "wgs84" => "worldgeodeticsystem1984".into(),
        "etrs1989" | "etrs89" => "europeanterrestrialreferencesystem1989".into(),
        "rt1990" | "rt90" => "riketskoordinatsystem1990".into(),
        "sweref1999" => "sweref99".into(),
        other => other.into(),
    }
}
