//! The background map from the network, when the user wants it. Never waits, never floods the log,
//! and tries again by itself when the network comes back.

use std::path::PathBuf;

use walkers::sources::{Attribution, OpenStreetMap};
use walkers::{HeaderValue, HttpOptions, HttpTiles, Stats, TileId, TilePiece, Tiles};

/// Seconds of silence after which missing tiles are given up and asked for anew.
const FIRST_RETRY_S: f64 = 8.0;
const LAST_RETRY_S: f64 = 120.0;

/// Tiles of OpenStreetMap, watched.
pub struct OnlineMap {
    tiles: HttpTiles,
    ctx: egui::Context,
    cache: Option<PathBuf>,
    asked: usize,
    answered: usize,
    /// Since when tiles are missing with nothing under way.
    silent_since: Option<f64>,
    retry_after_s: f64,
    /// Was the user told already?
    is_told: bool,
}

impl OnlineMap {
    #[must_use]
    pub fn new(ctx: &egui::Context, cache: Option<PathBuf>) -> Self {
        Self {
            tiles: tiles(ctx, cache.clone()),
            ctx: ctx.clone(),
            cache,
            asked: 0,
            answered: 0,
            silent_since: None,
            retry_after_s: FIRST_RETRY_S,
            is_told: false,
        }
    }

    /// After a frame: looks whether tiles stay away. `true` when the user should be told, once.
    pub fn end_frame(&mut self, now: f64) -> bool {
        let is_missing = self.asked > self.answered && self.tiles.stats().in_progress == 0;
        let is_blank = self.asked > 0 && self.answered == 0;
        if self.answered == self.asked {
            self.retry_after_s = FIRST_RETRY_S;
            self.is_told &= self.asked == 0;
        }
        (self.asked, self.answered) = (0, 0);
        if !is_missing {
            self.silent_since = None;
            return false;
        }
        let since = *self.silent_since.get_or_insert(now);
        self.ctx.request_repaint_after(std::time::Duration::from_secs(2));
        if now - since < self.retry_after_s {
            return false;
        }
        // A tile that failed stays failed in the library's own memory: begin with an empty one.
        self.tiles = tiles(&self.ctx, self.cache.clone());
        self.silent_since = None;
        self.retry_after_s = (self.retry_after_s * 2.0).min(LAST_RETRY_S);
        let tell = is_blank && !self.is_told;
        self.is_told |= tell;
        tell
    }
}

fn tiles(ctx: &egui::Context, cache: Option<PathBuf>) -> HttpTiles {
    let options = HttpOptions {
        cache,
        user_agent: Some(HeaderValue::from_static(concat!("Sotplan/", env!("CARGO_PKG_VERSION")))),
        ..HttpOptions::default()
    };
    HttpTiles::with_options(OpenStreetMap, options, ctx.clone())
}

impl Tiles for OnlineMap {
    fn at(&mut self, tile_id: TileId) -> Option<TilePiece> {
        let piece = self.tiles.at(tile_id);
        self.asked += 1;
        self.answered += usize::from(piece.is_some());
        piece
    }

    fn attribution(&self) -> Attribution {
        self.tiles.attribution()
    }

    fn tile_size(&self) -> u32 {
        self.tiles.tile_size()
    }

    fn stats(&self) -> Stats {
        self.tiles.stats()
    }
}
