//! How does a picture of lines become one of points, as PNG? With the letters that are built in, so that every computer
//! draws the same.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use super::error::ReportError;
use crate::scene::letters::{BOLD, FAMILY, REGULAR, Weight};

fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        for font in [REGULAR, BOLD] {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}

/// A text with a box in the place of every letter that the fonts lack: what is not drawn would be missed by nobody. Signs
/// that steer something, and have no letter, become spaces.
#[must_use]
pub fn drawable(text: &str) -> String {
    let drawn = |letter: char| match letter {
        letter if letter.is_control() => ' ',
        letter if Weight::Regular.has(letter) => letter,
        _ => '□',
    };
    text.chars().map(drawn).collect()
}

/// A picture that can be drawn.
///
/// # Errors
/// [`ReportError::Picture`] where it is no SVG.
pub fn tree(svg: &str) -> Result<Tree, ReportError> {
    // A point of print is a point here.
    let options = Options { fontdb: fonts(), font_family: FAMILY.into(), dpi: 72.0, ..Options::default() };
    Tree::from_str(&drawable(svg), &options).map_err(|error| ReportError::Picture(error.to_string()))
}

/// A picture whose units are points of print, with so many points an inch, which the file says too.
///
/// # Errors
/// [`ReportError::Picture`] where it is no SVG, or too large.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "sides of a picture"
)]
pub fn png(svg: &str, dpi: u32) -> Result<Vec<u8>, ReportError> {
    let tree = tree(svg)?;
    let scale = dpi as f32 / 72.0;
    let [wide, high] = [tree.size().width(), tree.size().height()].map(|side| (side * scale).round() as u32);
    let mut pixmap =
        Pixmap::new(wide, high).ok_or_else(|| ReportError::Picture(format!("{wide} × {high}")))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let bytes = pixmap.encode_png().map_err(|error| ReportError::Picture(error.to_string()))?;
    Ok(with_resolution(bytes, dpi))
}

/// The picture with its resolution (chunk `pHYs` of the PNG specification), by which programs lay it out in its true size.
fn with_resolution(mut png: Vec<u8>, dpi: u32) -> Vec<u8> {
    /// Signature, then the first chunk: length, name, 13 bytes, checksum.
    const AFTER_HEAD: usize = 8 + 4 + 4 + 13 + 4;
    let per_metre = (f64::from(dpi) / 0.0254).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some ten thousand")]
    let per_metre = (per_metre as u32).to_be_bytes();
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(per_metre);
    chunk.extend(per_metre);
    chunk.push(1);
    let checksum = crc32fast::hash(&chunk);
    let mut whole = 9u32.to_be_bytes().to_vec();
    whole.extend(chunk);
    whole.extend(checksum.to_be_bytes());
    png.splice(AFTER_HEAD..AFTER_HEAD, whole);
    png
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="72" height="36" viewBox="0 0 72 36"><rect width="72" height="36" fill="#fff"/><text x="4" y="20" font-family="Inter" font-size="12">Åre</text></svg>"##;

    fn number(bytes: &[u8]) -> u32 {
        bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
    }

    #[test]
    fn a_picture_has_its_size_its_resolution_and_its_letters() {
        let bytes = png(SVG, 300).expect("draws");
        assert_eq!((number(&bytes[16..20]), number(&bytes[20..24])), (300, 150));
        assert_eq!((&bytes[37..41], number(&bytes[41..45]), bytes[49]), (&b"pHYs"[..], 11_811, 1));
        assert_eq!(number(&bytes[50..54]), crc32fast::hash(&bytes[37..50]));
        let without = png(&SVG.replace("Åre", ""), 300).expect("draws");
        assert_ne!(bytes, without, "the letters are drawn");
    }

    #[test]
    fn what_no_font_has_is_seen_to_be_missing() {
        assert_eq!(drawable("Åre\t❄ 店"), "Åre □ □");
        assert!(tree("<svg").is_err());
    }
}
