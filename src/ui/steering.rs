//! Does a name of a file hide a part of itself? Whatever is drawn, in panels, tables and tooltips and on the map, shows a
//! box for each sign that steers and is not seen. The texts themselves stay what they are.

use std::sync::Arc;

use egui::layers::ShapeIdx;
use egui::text::{ByteIndex, LayoutJob};
use egui::{Context, LayerId, Plugin, Shape, Ui};

use crate::lang::{shown, steers};

/// Looks through what a frame has drawn.
pub struct SeenSigns;

impl Plugin for SeenSigns {
    fn debug_name(&self) -> &'static str {
        "signs that steer are seen"
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        let layers: Vec<LayerId> = ctx.memory(|memory| memory.layer_ids().collect());
        let hiding: Vec<(LayerId, usize, Shape)> = ctx.graphics(|graphics| {
            let of_layer = |layer: LayerId| {
                let entries = graphics.get(layer).into_iter().flat_map(|list| list.all_entries().enumerate());
                let hiding = entries.filter(|(_, entry)| hides(&entry.shape));
                hiding.map(move |(at, entry)| (layer, at, entry.shape.clone()))
            };
            layers.into_iter().flat_map(of_layer).collect()
        });
        for (layer, at, mut shape) in hiding {
            show(&mut shape, ctx);
            ctx.graphics_mut(|graphics| {
                graphics.entry(layer).mutate_shape(ShapeIdx(at), |entry| entry.shape = shape);
            });
        }
    }
}

fn hides(shape: &Shape) -> bool {
    match shape {
        Shape::Text(text) => text.galley.job.text.contains(steers),
        Shape::Vec(shapes) => shapes.iter().any(hides),
        _ => false,
    }
}

fn show(shape: &mut Shape, ctx: &Context) {
    match shape {
        Shape::Text(text) if text.galley.job.text.contains(steers) => {
            let job = seen(&text.galley.job);
            text.galley = ctx.fonts_mut(|fonts| fonts.layout_job(job));
        }
        Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| show(shape, ctx)),
        _ => {}
    }
}

/// The same text with its signs seen, each part in its own form.
fn seen(job: &Arc<LayoutJob>) -> LayoutJob {
    let mut out = LayoutJob::clone(job);
    out.text = String::new();
    for (section, of) in out.sections.iter_mut().zip(&job.sections) {
        let start = out.text.len();
        out.text += &shown(&job.text[of.byte_range.start.0..of.byte_range.end.0]);
        section.byte_range = ByteIndex(start)..ByteIndex(out.text.len());
    }
    out
}
