"""Makes the fonts of assets/fonts: the letters and signs that Sotplan writes, digits of one width.

Usage: python fonts.py Inter-roman.var.ttf ../fonts/Inter.ttf            one axis of weight: for the window
       python fonts.py Inter-roman.var.ttf ../fonts/Inter-Regular.ttf 400  one weight: for paper
       python fonts.py Inter-roman.var.ttf ../fonts/Inter-Bold.ttf 600     (bold as printed pages have it)
Needs: fonttools==4.68.0. The source is the roman variable font of Inter 4.0 (SIL Open Font License 1.1).
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

# Latin with everything of Europe's languages, punctuation, currency, superscripts, arrows, operators, shapes.
RANGES = [
    (0x20, 0x17F), (0x192, 0x192), (0x1CD, 0x1FF), (0x218, 0x21B), (0x2C6, 0x2DD), (0x300, 0x328),
    (0x394, 0x394), (0x3A9, 0x3A9), (0x3BC, 0x3BC), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F),
    (0x20A0, 0x20BF), (0x2116, 0x2122), (0x2150, 0x215F), (0x2190, 0x2199), (0x2200, 0x226F),
    (0x25A0, 0x25CF), (0x2713, 0x2717),
]


def main() -> None:
    source, out = sys.argv[1:3]
    weight = int(sys.argv[3]) if len(sys.argv) > 3 else None
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight or (400, 400, 700)})
    if weight:
        # Who looks for a bold font of the family finds it by this.
        font["OS/2"].usWeightClass = 400 if weight < 500 else 700
        for name_id, text in ((4, f"Inter {weight}"), (6, f"Inter-{weight}")):
            font["name"].setName(text, name_id, 3, 1, 0x409)
    else:
        # Glyphs that do not vary have lost their empty entry.
        for glyph in font.getGlyphOrder():
            font["gvar"].variations.setdefault(glyph, [])
    freeze_tabular_digits(font)
    narrow_no_break_space(font)
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], name_IDs=["*"])
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in RANGES for c in range(first, last + 1)])
    subsetter.subset(font)
    font.save(out)


def freeze_tabular_digits(font: TTFont) -> None:
    """Digits get the shapes of the feature "tnum", which the window's text has no switch for."""
    gsub = font["GSUB"].table
    lookups = {i for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == "tnum"
               for i in record.Feature.LookupListIndex}
    swap = {}
    for i in lookups:
        for table in gsub.LookupList.Lookup[i].SubTable:
            swap.update(getattr(getattr(table, "ExtSubTable", table), "mapping", {}))
    for table in font["cmap"].tables:
        for code in range(0x30, 0x3A):
            if table.cmap.get(code) in swap:
                table.cmap[code] = swap[table.cmap[code]]


def narrow_no_break_space(font: TTFont) -> None:
    """The no-break space stands between thousands, and between a number and its unit: narrower than between words."""
    narrow = font.getBestCmap()[0x202F]
    for table in font["cmap"].tables:
        if 0xA0 in table.cmap:
            table.cmap[0xA0] = narrow


main()
