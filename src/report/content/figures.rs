//! Which maps stand in a report? Composed as pages are, without a title of their own.

use crate::app::Results;
use crate::app::settings::Theme;
use crate::geometry::LonLat;
use crate::lang::Lang;
use crate::model::{AreaIx, ServiceKind, SiteId};
use crate::report::asked::ReportAsked;
use crate::report::atlas::{around, notes};
use crate::report::document::Figure;
use crate::scene::classes::CellClasses;
use crate::scene::legend::Line;
use crate::scene::paper::{self, Sheet};
use crate::scene::svg::{MapOf, Mark};
use crate::scene::{Mercator, Scene, Surface, box_around};
use crate::units::{Measure, Metres};

/// What stands on a figure.
pub struct Shown<'a> {
    pub scene: &'a Scene,
    pub cells: &'a CellClasses,
    pub kind: ServiceKind,
    pub bounds: (Mercator, Mercator),
    pub marks: &'a [Mark],
    pub no_value: Option<&'a str>,
    pub area: Option<AreaIx>,
    pub shows_gaps: bool,
    pub gaps: Option<&'a [Surface]>,
    pub shows_services: bool,
    pub shows_sots: bool,
    pub legend_title: Option<String>,
    pub legend_lines: Vec<Line>,
}

/// Width and height, points: as wide as the text, and room for the caption.
const SIZE: [f64; 2] = [467.0, 560.0];

/// A map with its words.
pub fn figure(asked: &ReportAsked, shown: Shown<'_>, caption: String, alt: String) -> Figure {
    let sheet = Sheet {
        of: MapOf {
            scene: shown.scene,
            cells: shown.cells,
            kind: shown.kind,
            theme: Theme::Light,
            lang: asked.lang,
            shows_gaps: shown.shows_gaps,
            gaps: shown.gaps,
            shows_services: shown.shows_services,
            shows_sots: shown.shows_sots,
            marks: shown.marks,
            no_value: shown.no_value,
            area: shown.area,
        },
        size: SIZE,
        margin: 0.5,
        bounds: shown.bounds,
        title: &caption,
        has_title: false,
        subtitle: "",
        legend_title: shown.legend_title,
        legend_lines: shown.legend_lines,
        notes: notes(&shown.scene.results, shown.area, asked.lang),
        date: &asked.letter.date,
        number: None,
    };
    let svg = paper::draw(&sheet);
    Figure { number: 0, caption, alt, svg, size: SIZE }
}

/// A box around places, with what lies within the threshold of each.
pub fn around_all(places: &[LonLat], results: &Results) -> Option<(Mercator, Mercator)> {
    let near = reach(results);
    let boxes = places.iter().map(|place| around(*place, near));
    box_around(boxes.flat_map(|(min, max)| [min, max]))
}

/// About how far one gets within the threshold as the crow flies, metres; 10 km at least.
fn reach(results: &Results) -> Metres {
    /// A minute by car on a country road.
    const METRES_A_MINUTE: f64 = 1_000.0;
    let limit = results.limit();
    let metres = match results.measure() {
        Measure::Distance => limit.metres().value(),
        Measure::Time => limit.seconds().minutes() * METRES_A_MINUTE,
    };
    Metres::new((metres * 1.25).clamp(10_000.0, 80_000.0))
}

/// A way to the nearest SOT point where some are known, else to the nearest store.
pub fn kind_of(results: &Results) -> ServiceKind {
    let serves =
        |kind: ServiceKind| results.kind(kind).is_some() && !results.situation.of_kind(kind).is_empty();
    if serves(ServiceKind::Sot) { ServiceKind::Sot } else { ServiceKind::Grocery }
}

/// A sign for each place, with its name.
pub fn mark(at: LonLat, name: &str, site: Option<SiteId>) -> Mark {
    use crate::scene::signs::Sign;
    use crate::scene::{colours, mercator};
    Mark {
        at: mercator(at),
        sign: Sign::Kind(ServiceKind::Sot),
        colour: colours::SELECTION,
        is_hollow: false,
        name: name.to_owned(),
        site,
    }
}

/// The line of such signs in a legend.
pub fn mark_line(lang: Lang, count: usize) -> Line {
    use crate::scene::colours;
    use crate::scene::signs::Sign;
    let text = if count == 1 {
        lang.pick("platsen som rapporten gäller", "the place of the report")
    } else {
        lang.pick("platserna som jämförs", "the places compared")
    };
    let line = Line::swatch(colours::SELECTION, text, lang.count(count));
    Line { sign: Some(Sign::Kind(ServiceKind::Sot)), ..line }
}
