"""TopoJSON (specification 1.0): shapes that meet share their borders, each stored once."""

import json

import numpy as np
import shapely


class Topology:
    """Collects objects on a grid. Where borders meet, the shapes must have a point in common.

    `is_edge` says of a place in degrees whether the map ends there: arcs do too, so that an edge can be told
    from a border.
    """

    def __init__(self, grid, is_edge):
        self.grid = grid
        self.is_edge = is_edge
        self.objects = {}
        self.arcs = []

    def add(self, name, shapes):
        """Shapes are pairs of members (id, properties) and a polygon or several."""
        self.objects[name] = [(about, self.rings_of(geometry)) for about, geometry in shapes]

    def rings_of(self, geometry):
        parts = shapely.get_parts(shapely.orient_polygons(geometry, exterior_cw=False))
        parts = sorted(parts, key=lambda part: -part.area)
        return [[self.ring(ring) for ring in (part.exterior, *part.interiors)] for part in parts]

    def ring(self, ring):
        points = np.rint(shapely.get_coordinates(ring) / self.grid).astype(int)
        return [tuple(map(int, point)) for point in points[:-1]]

    def check(self):
        """Every shape is valid, and none overlaps another of its object."""
        for name, shapes in self.objects.items():
            built = [shapely.multipolygons([shapely.Polygon(rings[0], rings[1:]) for rings in parts]) for _, parts in shapes]
            assert all(shapely.is_valid(built)), name
            assert name == "lakes" or shapely.coverage_is_valid(built), name

    def text(self):
        rings = [ring for shapes in self.objects.values() for _, parts in shapes for part in parts for ring in part]
        ends = junctions(rings)
        ends.update(point for ring in rings for point in ring if self.is_edge(*(value * self.grid for value in point)))
        points = np.array([point for ring in rings for point in ring])
        bbox = [round(value * self.grid, 4) for value in (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())]
        self.arcs, known = [], {}
        objects = {
            name: {"type": "GeometryCollection", "geometries": [self.geometry(about, parts, ends, known) for about, parts in shapes]}
            for name, shapes in self.objects.items()
        }
        arcs = [[arc[0], *([x - a, y - b] for (a, b), (x, y) in zip(arc, arc[1:]))] for arc in self.arcs]
        transform = {"scale": [self.grid, self.grid], "translate": [0, 0]}
        whole = {"type": "Topology", "bbox": bbox, "transform": transform, "objects": objects, "arcs": arcs}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    def geometry(self, about, parts, ends, known):
        arcs = [[[self.arc(arc, known) for arc in cut(ring, ends)] for ring in part] for part in parts]
        return {"type": "MultiPolygon", **about, "arcs": arcs}

    def arc(self, arc, known):
        """The number of an arc; the complement of that of the arc the other way round."""
        back = tuple(reversed(arc))
        if arc in known:
            return known[arc]
        if back in known:
            return ~known[back]
        known[arc] = len(self.arcs)
        self.arcs.append(arc)
        return known[arc]


def junctions(rings):
    """Points where rings part or meet: those whose two neighbours are not the same in every ring."""
    beside, found = {}, set()
    for ring in rings:
        for at, point in enumerate(ring):
            pair = frozenset((ring[at - 1], ring[(at + 1) % len(ring)]))
            if beside.setdefault(point, pair) != pair:
                found.add(point)
    return found


def cut(ring, ends):
    """The arcs of a ring, each from junction to junction; without any, one that begins at its least point."""
    at = [i for i, point in enumerate(ring) if point in ends]
    if not at:
        first = ring.index(min(ring))
        turned = ring[first:] + ring[:first]
        # A ring that two shapes have, one as a hole, goes round the other way in the other.
        yield tuple(turned + turned[:1])
        return
    for i, start in enumerate(at):
        end = at[(i + 1) % len(at)]
        yield tuple(ring[start : end + 1] if end > start else ring[start:] + ring[: end + 1])
