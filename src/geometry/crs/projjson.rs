//! What does a system written as PROJJSON say?

use serde_json::Value;

use super::described::{Described, Kind};

/// What an object says of its system; `None` where it is no PROJJSON of one.
pub fn described(value: &Value) -> Option<Described> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let kind = match value.get("type").and_then(Value::as_str)? {
        "CompoundCRS" => return described(value.get("components")?.as_array()?.first()?),
        "BoundCRS" => return described(value.get("source_crs")?),
        "ProjectedCRS" => Kind::Projected,
        "GeographicCRS" | "GeodeticCRS" => Kind::Geographic,
        "EngineeringCRS" => Kind::Other,
        _ => return None,
    };
    let one = value.get("id").into_iter();
    let ids = one.chain(value.get("ids").and_then(Value::as_array).into_iter().flatten());
    let ids = ids.filter_map(|id| {
        let code = id.get("code")?;
        let code = code.as_u64().map(|code| code.to_string()).or_else(|| code.as_str().map(str::to_owned))?;
        Some((text(id, "authority")?, code))
    });
    let base = value.get("base_crs").unwrap_or(value);
    let datum = base.get("datum").or_else(|| base.get("datum_ensemble"));
    let ellipsoid = datum.and_then(|datum| datum.get("ellipsoid")).and_then(|ellipsoid| {
        let number = |name: &str| ellipsoid.get(name).and_then(Value::as_f64);
        number("semi_major_axis").zip(number("inverse_flattening"))
    });
    let meridian = datum.and_then(|datum| datum.get("prime_meridian")?.get("longitude"));
    let conversion = value.get("conversion");
    let parameters = conversion.and_then(|conversion| conversion.get("parameters")?.as_array());
    let parameters = parameters.into_iter().flatten().map(|parameter| {
        let by = unit(parameter.get("unit"))?.1;
        Some((text(parameter, "name")?, parameter.get("value")?.as_f64()? * by))
    });
    let axis = value.get("coordinate_system").and_then(|system| system.get("axis")?.as_array()?.first());
    Some(Described {
        kind,
        name: text(value, "name")?,
        ids: ids.collect(),
        datum: datum.and_then(|datum| text(datum, "name")),
        ellipsoid,
        meridian: meridian.and_then(Value::as_f64),
        method: conversion.and_then(|conversion| text(conversion.get("method")?, "name")),
        parameters: parameters.collect::<Option<_>>()?,
        unit: axis.and_then(|axis| unit(axis.get("unit"))).map(|(size, _)| size),
    })
}

/// The size of a unit in metres or radians, and what a number of it is in what is compared: metres, degrees.
fn unit(unit: Option<&Value>) -> Option<(f64, f64)> {
    match unit? {
        Value::String(name) if name == "degree" => Some((1f64.to_radians(), 1.0)),
        // Metres and the unit of scales.
        Value::String(_) => Some((1.0, 1.0)),
        object => {
            let size = object.get("conversion_factor")?.as_f64()?;
            let is_angle = object.get("type").and_then(Value::as_str) == Some("AngularUnit");
            Some((size, if is_angle { size.to_degrees() } else { 1.0 }))
        }
    }
}
