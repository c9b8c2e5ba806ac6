//! Which municipality or county of Sweden is an area? By its code, else by its name and where it lies. An area that is
//! neither stays what its file calls it.

use geo::Contains as _;

use crate::app::Results;
use crate::geometry::LonLat;
use crate::io::ground::{Ground, Region, ground};
use crate::model::recognise::{AreaLevel, area_code, area_key, folded};
use crate::model::{Area, AreaIx};

/// What an area is.
#[derive(Debug, Clone, Copy)]
pub enum Identity {
    Municipality {
        is: &'static Region,
        county: &'static Region,
    },
    County(&'static Region),
    /// An area that the division of Sweden does not know.
    Other,
}

impl Identity {
    /// The county that the area is, or lies in.
    #[must_use]
    pub const fn county(self) -> Option<&'static Region> {
        match self {
            Self::Municipality { county, .. } | Self::County(county) => Some(county),
            Self::Other => None,
        }
    }
}

/// What an area of a result is.
#[must_use]
pub fn identify(results: &Results, ix: AreaIx) -> Identity {
    let Some(area) = results.situation.areas.get(ix.at()) else { return Identity::Other };
    let layer = results.project.layer(area.layer);
    let feature = layer.and_then(|layer| layer.table.features.get(area.feature_ix));
    of(area, feature.map(|feature| feature.place), ground())
}

fn of(area: &Area, place: Option<LonLat>, ground: &'static Ground) -> Identity {
    let is_called_county = folded(&area.name).ends_with(" län");
    let county = || county_of(area, ground).map(Identity::County);
    let municipality = || municipality_of(area, place, ground);
    let found = match area.level {
        Some(AreaLevel::County) => county(),
        Some(AreaLevel::Municipality) => municipality(),
        // Gotland is both: what calls itself a county is one.
        None if is_called_county => county().or_else(municipality),
        None => municipality().or_else(county),
    };
    found.unwrap_or(Identity::Other)
}

fn county_of(area: &Area, ground: &'static Ground) -> Option<&'static Region> {
    let code = area_code(&area.code, Some(AreaLevel::County));
    let by_code = with_code(&ground.counties, &code).filter(|region| is_named_so(area, region));
    by_code.or_else(|| {
        let key = area_key(&area.name);
        ground.counties.iter().find(|county| area_key(&county.name) == key)
    })
}

fn municipality_of(area: &Area, place: Option<LonLat>, ground: &'static Ground) -> Option<Identity> {
    let code = area_code(&area.code, Some(AreaLevel::Municipality));
    let by_code = with_code(&ground.municipalities, &code).filter(|region| is_named_so(area, region));
    let is = by_code.or_else(|| by_name_and_place(&area.name, place?, ground))?;
    let county = with_code(&ground.counties, is.code.get(..2)?)?;
    Some(Identity::Municipality { is, county })
}

/// A number is a code of the division where its column says so, or where the name says the same.
fn is_named_so(area: &Area, region: &Region) -> bool {
    let is_nameless = area.name.is_empty() || area.name == area.code;
    area.level.is_some() || is_nameless || area_key(&area.name) == area_key(&region.name)
}

/// A name alone is not enough: a village may bear it.
fn by_name_and_place(name: &str, place: LonLat, ground: &'static Ground) -> Option<&'static Region> {
    let (key, here) = (area_key(name), geo::Point::new(place.lon, place.lat));
    ground.municipalities.iter().find(|region| area_key(&region.name) == key && region.area.contains(&here))
}

fn with_code(regions: &'static [Region], code: &str) -> Option<&'static Region> {
    let at = regions.binary_search_by(|region| region.code.as_str().cmp(code)).ok()?;
    regions.get(at)
}

/// How many municipalities a county has; the whole country without one.
#[must_use]
pub fn municipalities_of(county: Option<&Region>) -> usize {
    let code = county.map_or("", |county| county.code.as_str());
    ground().municipalities.iter().filter(|region| region.code.starts_with(code)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LayerId;

    fn area(code: &str, name: &str, level: Option<AreaLevel>) -> Area {
        let shape = geo::MultiPolygon::new(Vec::new());
        let (code, name) = (code.to_owned(), name.to_owned());
        Area { code, name, level, layer: LayerId(1), feature_ix: 0, features: vec![0], shape }
    }

    /// What it is found to be: its code and its county's.
    fn found(code: &str, name: &str, level: Option<AreaLevel>, place: (f64, f64)) -> (String, String) {
        match of(&area(code, name, level), Some(LonLat::new(place.0, place.1)), ground()) {
            Identity::Municipality { is, county } => (is.code.clone(), county.code.clone()),
            Identity::County(county) => (String::new(), county.code.clone()),
            Identity::Other => (String::new(), String::new()),
        }
    }

    #[test]
    fn an_area_is_known_by_its_code_or_by_name_and_place() {
        let (krokom, visby) = ((14.45, 63.33), (18.3, 57.63));
        let both = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let municipality = Some(AreaLevel::Municipality);
        assert_eq!(found("2309", "Krokom", municipality, krokom), both("2309", "23"));
        assert_eq!(found("2309.0", "", None, krokom), both("2309", "23"), "as a spreadsheet writes it");
        assert_eq!(found("", "Krokoms kommun", None, krokom), both("2309", "23"));
        assert_eq!(found("", "Krokom", None, visby), both("", ""), "a name elsewhere");
        assert_eq!(found("23", "Krokom", municipality, krokom), both("2309", "23"), "the county's code");
        assert_eq!(found("23", "Jämtlands län", Some(AreaLevel::County), krokom), both("", "23"));
        assert_eq!(found("", "Jämtland", Some(AreaLevel::County), krokom), both("", "23"));
        assert_eq!(found("", "Gotland", None, visby), both("0980", "09"));
        assert_eq!(found("", "Gotlands län", None, visby), both("", "09"));
        assert_eq!(found("01", "Väster", None, krokom), both("", ""), "any layer may number its areas");
        assert_eq!(found("A7", "Norra byn", municipality, krokom), both("", ""));
    }

    #[test]
    fn counties_have_as_many_municipalities_as_there_are() {
        let county = |code| with_code(&ground().counties, code);
        assert_eq!(municipalities_of(county("23")), 8);
        assert_eq!(municipalities_of(county("09")), 1);
        assert_eq!(municipalities_of(None), 290);
    }
}
