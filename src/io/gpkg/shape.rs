//! What shape does a blob of a `GeoPackage` hold? Whatever number of points it claims, no more room is taken than its
//! bytes could fill.

use geozero::error::Result;
use geozero::geo_types::GeoWriter;
use geozero::wkb::GpkgWkb;
use geozero::{GeomProcessor, GeozeroGeometry};

/// The shape of a blob; `None` where it is none.
pub fn shape(blob: &[u8]) -> Option<geo::Geometry> {
    // A point takes sixteen bytes, a part at least four.
    let mut writer = Capped { inner: GeoWriter::new(), most: blob.len() / 4, depth: 0 };
    GpkgWkb(blob).process_geom(&mut writer).ok()?;
    writer.inner.take_geometry()
}

/// The shape of well-known binary alone, as other formats have it, of the standard's or the extended kind.
#[cfg(feature = "parquet")]
pub fn shape_of_wkb(bytes: &[u8]) -> Option<geo::Geometry> {
    use geozero::wkb::{Ewkb, Wkb};
    let mut writer = Capped { inner: GeoWriter::new(), most: bytes.len() / 4, depth: 0 };
    // The extended kind has its marks where the number of the kind is highest.
    let highest = if bytes.first()? == &0 { bytes.get(1)? } else { bytes.get(4)? };
    let read = if highest & 0xe0 == 0 {
        Wkb(bytes).process_geom(&mut writer)
    } else {
        Ewkb(bytes).process_geom(&mut writer)
    };
    read.ok()?;
    writer.inner.take_geometry()
}

/// Passes on what is read, with sizes that can be.
struct Capped {
    inner: GeoWriter,
    most: usize,
    depth: usize,
}

/// Collections in collections that are followed; more would only be there to use up the stack.
const DEEPEST: usize = 16;

impl GeomProcessor for Capped {
    fn xy(&mut self, x: f64, y: f64, idx: usize) -> Result<()> {
        self.inner.xy(x, y, idx)
    }

    fn point_begin(&mut self, idx: usize) -> Result<()> {
        self.inner.point_begin(idx)
    }

    fn point_end(&mut self, idx: usize) -> Result<()> {
        self.inner.point_end(idx)
    }

    fn multipoint_begin(&mut self, size: usize, idx: usize) -> Result<()> {
        self.inner.multipoint_begin(size.min(self.most), idx)
    }

    fn multipoint_end(&mut self, idx: usize) -> Result<()> {
        self.inner.multipoint_end(idx)
    }

    fn linestring_begin(&mut self, tagged: bool, size: usize, idx: usize) -> Result<()> {
        self.inner.linestring_begin(tagged, size.min(self.most), idx)
    }

    fn linestring_end(&mut self, tagged: bool, idx: usize) -> Result<()> {
        self.inner.linestring_end(tagged, idx)
    }

    fn multilinestring_begin(&mut self, size: usize, idx: usize) -> Result<()> {
        self.inner.multilinestring_begin(size.min(self.most), idx)
    }

    fn multilinestring_end(&mut self, idx: usize) -> Result<()> {
        self.inner.multilinestring_end(idx)
    }

    fn polygon_begin(&mut self, tagged: bool, size: usize, idx: usize) -> Result<()> {
        self.inner.polygon_begin(tagged, size.min(self.most), idx)
    }

    fn polygon_end(&mut self, tagged: bool, idx: usize) -> Result<()> {
        self.inner.polygon_end(tagged, idx)
    }

    fn multipolygon_begin(&mut self, size: usize, idx: usize) -> Result<()> {
        self.inner.multipolygon_begin(size.min(self.most), idx)
    }

    fn multipolygon_end(&mut self, idx: usize) -> Result<()> {
        self.inner.multipolygon_end(idx)
    }

    fn geometrycollection_begin(&mut self, size: usize, idx: usize) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(geozero::error::GeozeroError::Geometry("too many collections in collections".into()));
        }
        self.inner.geometrycollection_begin(size.min(self.most), idx)
    }

    fn geometrycollection_end(&mut self, idx: usize) -> Result<()> {
        self.depth -= 1;
        self.inner.geometrycollection_end(idx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(kind: u32, rest: &[u8]) -> Vec<u8> {
        let mut out = b"GP\0\x01".to_vec();
        out.extend(3006i32.to_le_bytes());
        out.push(1);
        out.extend(kind.to_le_bytes());
        out.extend(rest);
        out
    }

    #[test]
    fn a_shape_is_read_and_a_claim_is_not_believed() {
        let mut point = 7.5f64.to_le_bytes().to_vec();
        point.extend(2.0f64.to_le_bytes());
        assert_eq!(shape(&blob(1, &point)), Some(geo::Point::new(7.5, 2.0).into()));
        for kind in 2..=7 {
            let claimed = u32::MAX.to_le_bytes();
            assert_eq!(shape(&blob(kind, &claimed)), None, "{kind}");
            let inner = [1u32.to_le_bytes(), claimed].concat();
            assert_eq!(shape(&blob(kind, &inner)), None, "{kind}");
        }
        assert_eq!(shape(b""), None);
        let deeper = [1u32.to_le_bytes().as_slice(), &[1], &7u32.to_le_bytes()].concat();
        assert_eq!(shape(&blob(7, &deeper.repeat(100_000))), None);
    }
}
