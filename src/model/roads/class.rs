//! Which classes of roads are there, and what are they called? By OpenStreetMap's `highway` values.

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Said};

macro_rules! road_classes {
    ($($variant:ident $id:literal $sv:literal $en:literal,)*) => {
        /// The class of a road, by OpenStreetMap's `highway` values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RoadClass { $($variant,)* }

        impl RoadClass {
            /// Largest roads first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name: OpenStreetMap's value.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The class of an OpenStreetMap value.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)* _ => None }
            }
        }

        impl Said for RoadClass {
            fn said(&self, lang: Lang) -> String {
                match self { $(Self::$variant => lang.pick($sv, $en),)* }.into()
            }
        }
    };
}

road_classes! {
    Motorway "motorway" "motorväg" "motorway",
    MotorwayLink "motorway_link" "påfart, motorväg" "motorway link",
    Trunk "trunk" "stamväg" "trunk road",
    TrunkLink "trunk_link" "påfart, stamväg" "trunk link",
    Primary "primary" "primär länsväg" "primary road",
    PrimaryLink "primary_link" "påfart, primär länsväg" "primary link",
    Secondary "secondary" "sekundär länsväg" "secondary road",
    SecondaryLink "secondary_link" "påfart, sekundär länsväg" "secondary link",
    Tertiary "tertiary" "tertiär väg" "tertiary road",
    TertiaryLink "tertiary_link" "påfart, tertiär väg" "tertiary link",
    Unclassified "unclassified" "mindre väg" "minor road",
    Residential "residential" "bostadsgata" "residential street",
    LivingStreet "living_street" "gångfartsområde" "living street",
    Service "service" "enskild in- och utfart" "service road",
    Track "track" "skogs- eller jordbruksväg" "track",
    Pedestrian "pedestrian" "gågata" "pedestrian street",
    Cycleway "cycleway" "cykelväg" "cycleway",
    Footway "footway" "gångväg" "footway",
    Path "path" "stig" "path",
    Bridleway "bridleway" "ridväg" "bridleway",
    Steps "steps" "trappa" "steps",
    Ferry "ferry" "färja" "ferry",
}
