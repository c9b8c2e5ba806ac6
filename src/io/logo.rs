//! How large is the picture of an organisation, and is it one that every office program shows? PNG and JPEG.

use std::path::Path;

use imagesize::ImageType;

use super::IoError;
use super::content::file_name;
use crate::model::Message;

/// A picture of an organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Logo {
    pub bytes: Vec<u8>,
    pub is_jpeg: bool,
    /// Points of the picture.
    pub size: [u32; 2],
}

/// The largest that is taken: it stands in every report.
const MOST_BYTES: u64 = 5_000_000;

/// Reads a logotype.
///
/// # Errors
/// [`IoError::Open`], or [`IoError::File`] for what is no PNG or JPEG, or too large.
pub fn read_logo(path: &Path) -> Result<Logo, IoError> {
    let open = |source| IoError::Open { path: path.to_owned(), source };
    let fault = |sv: &str, en: &str| IoError::File { file: file_name(path), message: Message::new(sv, en) };
    if std::fs::metadata(path).map_err(open)?.len() > MOST_BYTES {
        return Err(fault(
            "logotypen är större än 5 MB. Spara den mindre",
            "the logotype is larger than 5 MB. Save it smaller",
        ));
    }
    let bytes = std::fs::read(path).map_err(open)?;
    let no_picture = || {
        fault(
            "filen är ingen PNG eller JPEG. Spara logotypen som PNG",
            "the file is no PNG or JPEG. Save the logotype as PNG",
        )
    };
    let is_jpeg = match imagesize::image_type(&bytes) {
        Ok(ImageType::Png) => false,
        Ok(ImageType::Jpeg) => true,
        _ => return Err(no_picture()),
    };
    let size = imagesize::blob_size(&bytes).map_err(|_| no_picture())?;
    let sides = [size.width, size.height].map(|side| u32::try_from(side).unwrap_or(0));
    if sides.contains(&0) {
        return Err(no_picture());
    }
    Ok(Logo { bytes, is_jpeg, size: sides })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, Said as _};

    #[test]
    fn a_picture_is_known_by_its_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("logo.bin");
        std::fs::write(&path, include_bytes!("../../assets/icon/sotplan.png")).expect("writes");
        let logo = read_logo(&path).expect("a picture");
        assert_eq!((logo.size, logo.is_jpeg), ([256, 256], false));
        for bytes in [&b"GIF89a"[..], b"", b"\x89PNG\r\n\x1a\n"] {
            std::fs::write(&path, bytes).expect("writes");
            let error = read_logo(&path).expect_err("no picture").said(Lang::Sv);
            assert!(error.contains("logo.bin") && error.contains("PNG"), "{error}");
        }
        assert!(read_logo(&folder.path().join("none.png")).is_err());
    }
}
