"""Are the figures that `sotplan analyse` writes right? Every one is derived anew here and compared.

    python recompute.py OUT [--base FOLDER] [--sotplan BINARY --roads FILE]
    python recompute.py --run BINARY --shared DATA [--keep FOLDER]

OUT is a folder that `sotplan analyse --out OUT` has written. Exit code 0 when all is equal, 1 when something differs
(with a list), 2 when the files cannot be read. `--run` makes the analyses itself and checks each: the demo by straight
line, its files by road; Jämtland (DATA/jamtland) by straight line, by straight line in minutes, by road fastest and
shortest; Gotland (DATA/gotland) by straight line, by road fastest and shortest. `--only NAME` runs one of them.
Needs Python 3.10 or later with numpy, scipy and pyproj. A county takes a second or four, all of Sweden a minute.

It shares no code with the program; the rules are those of docs/formats.md and docs/guide.md. Where lengths come from:
- straight lines: the input files (paths in summary.json, relative to `--base`; of the demo `--demo-data`, known by
  SHA-256), projected by PROJ to EPSG:3006, cells at their centroids, a k-d tree, × the detour factor
- by road, with `--sotplan` and `--roads` (or `--run`): `sotplan travel` of every pair of cell and service and of store
  and service, with the walk to and from the road and the turnout of rescue added. So the nearest, the second nearest
  and all that follows is compared with tables of all pairs, but the roads themselves are the program's: those are
  compared by roads_osrm.py and roads_compare.py
- else: the rounded lengths of demand.geojson. All that follows from them is checked, within what rounding allows

What is compared
- inputs: SHA-256, CRS, features in = used + refused, people and municipality of each cell, its shape
- RFC 7946, by own code: types, closed rings, their direction, holes inside, bounds, ids, bbox, no `crs`; and the
  documented members
- cells: nearest and second nearest, km, min, which one (of equals the one that stands first), its name
- summary.json: within + beyond + without value = total, exactly; mean, P50, P90, max (a percentile is the smallest
  value at which the cumulated people reach the share); number of services and gaps; verdicts
- areas.csv: every figure of every row, and the rows' sums
- gaps: which cells touch (centres at most 1.5 sides apart), people, cells, mean, max, rank, municipality, outline
- closures: people of each store, their extra travel, and who is left without any store
- candidates: nearest of each kind, people within, people in a SOT gap, hosts of SOT places, M5, the verdict
- factors and ranking: values, flags, ends of value functions, worths, weights, scores, order, TOPSIS, the smallest
  swap; shares of random weightings against 10 000 others, so within 0.035
Not compared: the rules M1–M4 and M6–M9 (their verdict is), texts in words, road reports, AHP.

Tolerance: half of the last digit written, and beside it what the source allows (`--slack` metres between two projection
programs; 0.02 m or s where tables of all pairs are rounded; the digits of demand.geojson where that is the source).
At a limit, equal is within. A cell nearer to the limit than the source can tell may lie on either side: gaps.geojson
then says on which, all other figures must agree with that, and the number of such cells is printed.
"""

import argparse
import csv
import dataclasses
import hashlib
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unicodedata

import numpy as np
import pyproj
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

PROJECT = pathlib.Path(__file__).resolve().parents[2]
COMMERCIAL = ("grocery", "fuel", "pharmacy", "parcel", "payment")
KINDS = (*COMMERCIAL, "rescue", "sot")
REASONS = {"no_service", "no_road", "no_road_at_service", "not_connected"}
SERVING = {"in_place", "in_operation", "inaugurated"}
ENDED = {"paused", "closed"}
SAME = 0.0005  # metres: nearer to each other than this is equal, and counts as within
PERHAPS = 0.0015  # metres or seconds: nearer than this the program may take for equal
SIDES = (5000, 1000, 500, 250, 100)
NAME_COLUMNS = ("name", "namn", "ombud", "title", "benämning", "brand", "operator", "chain")
AREA_CODES = (
    "kommun_kod", "kommunkod", "knkod", "kom_kod", "lan_kod", "lankod", "lnkod", "länskod", "lanskod", "kod", "code"
)
AREA_NAMES = ("kommun", "kommunnamn", "knnamn", "kom_namn", "lan", "län", "lannamn", "lnnamn", "lansnamn")
STATUS_WORDS = {
    "idé": "idea", "i plan": "in_plan", "i plan (ksp)": "in_plan", "ej påbörjad": "not_started", "pausad": "paused",
    "upphandling pågår": "procurement", "under etablering": "establishing", "på plats": "in_place",
    "i drift": "in_operation", "invigd": "inaugurated", "nedlagd": "closed",
}
RECORDED = {
    "other_rooms": ("other_rooms", "andra_rum"),
    "hard_standing": ("hard_standing", "hardgjord_yta", "hårdgjord_yta"),
    "power_need": ("power_need_kva", "effektbehov_kva", "kva"),
    "containers": ("containers", "containrar"),
    "trafficked_road": ("trafficked_road", "trafikerad_vag", "trafikerad_väg"),
    "host_viability": ("host_viability", "butikens_framtid"),
    "civil_society": ("civil_society", "civilsamhalle", "civilsamhälle"),
    "readiness": ("municipal_readiness", "kommunens_beredskap"),
    "town": ("town_km", "till_stan_km", "mil_till_stan"),
}
WORDS = {
    **dict.fromkeys(("yes", "ja", "true", "sant", "1", "j", "y"), 1.0),
    **dict.fromkeys(("no", "nej", "false", "falskt", "0", "n"), 0.0),
    "secure": 2.0, "doubtful": 1.0, "closing": 0.0,
}
UNIT_OF = {"people_within": "people", "gap_people": "people", "fuel": "km", "town": "km", "power_need": "kVA"}
MISSING = {
    "", "not_recorded", "no_population_layer", "no_layer_of_the_kind", "none_of_the_kind", "not_connected",
    "no_store_in_data", "no_times", "no_towns_in_data", "left_without",
}
TOWN_PEOPLE = 10_000
TURNOUT_MIN = (1.5, 5, 10)  # full-time, part-time, volunteer; where the results do not say


# ---------------------------------------------------------------- what is found

class Report:
    """Counts comparisons by topic, and keeps the differences."""

    def __init__(self, title):
        self.title, self.compared, self.differences, self.notes = title, {}, [], []

    def count(self, topic, number=1):
        self.compared[topic] = self.compared.get(topic, 0) + int(number)

    def differ(self, topic, text):
        self.differences.append((topic, text))

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)

    def true(self, topic, holds, text):
        self.count(topic)
        if not holds:
            self.differ(topic, text)
        return bool(holds)

    def same(self, topic, where, said, own):
        return self.true(topic, said == own, f"{where}: said {said!r}, is {own!r}")

    def near(self, topic, where, said, own, tolerance):
        """Numbers; `None` and NaN mean that there is none."""
        said, own = (None if v is None or math.isnan(v) else v for v in (said, own))
        if said is None or own is None:
            return self.same(topic, where, said, own)
        return self.true(
            topic, abs(said - own) <= tolerance + 1e-9 * abs(own),
            f"{where}: said {said:.10g}, is {own:.10g} (±{tolerance:.3g})",
        )

    def between(self, topic, where, said, low, high):
        if said is None:
            return self.same(topic, where, said, low)
        hair = 1e-9 * max(1.0, abs(high))
        span = f"{low:.10g}" if high - low <= hair else f"{low:.10g} to {high:.10g}"
        return self.true(topic, low - hair <= said <= high + hair, f"{where}: said {said:.10g}, is {span}")

    def arrays(self, topic, said, own, tolerance, name):
        """Many at once; `name(row)` is only asked where they differ."""
        said, own = np.asarray(said, float), np.asarray(own, float)
        self.count(topic, said.size)
        wrong = ~((np.abs(said - own) <= tolerance) | (np.isnan(said) & np.isnan(own)))
        for row in np.flatnonzero(wrong):
            self.differ(topic, f"{name(row)}: said {said[row]:.10g}, is {own[row]:.10g}")

    def print(self, most):
        print(f"{self.title}: {sum(self.compared.values())} comparisons, {len(self.differences)} differences")
        print("  " + ", ".join(f"{topic} {number}" for topic, number in self.compared.items()))
        for text in self.notes:
            print(f"  note: {text}")
        by_topic = {}
        for topic, text in self.differences:
            by_topic.setdefault(topic, []).append(text)
        for topic, texts in by_topic.items():
            print(f"  DIFFERENT, {topic}: {len(texts)}")
            for text in texts[:most]:
                print(f"    {text}")
            if len(texts) > most:
                print(f"    … and {len(texts) - most} more (--all)")
        return not self.differences


# ---------------------------------------------------------------- reading

def refuse_number(text):
    raise ValueError(f"{text} is no JSON number")


def read_json(path):
    return json.loads(pathlib.Path(path).read_text("utf-8"), parse_constant=refuse_number)


def read_table(path):
    """Rows of a CSV as dictionaries, international or Swedish; numbers stay text with a point."""
    text = path.read_text("utf-8-sig")
    swedish = ";" in text.split("\n", 1)[0]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";" if swedish else ","))
    if swedish:
        point = lambda v: v.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", v or "") else v
        rows = [{name: point(value) for name, value in row.items()} for row in rows]
    return rows


def figure(text):
    return None if text in (None, "") else float(text)


def spelled(value):
    """A name or code, so that two spellings of one are equal."""
    if value is None or isinstance(value, (bool, list, dict)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(unicodedata.normalize("NFC", str(value)).casefold().split())
    return text.lstrip("0") or "0" if text.isdigit() else text


def number_of(value):
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    text = re.sub(r"\s", "", str(value)).replace("\u2212", "-")
    return float(text.replace(",", ".") if "." not in text else text)


def column(properties, names):
    """The first of the columns that has a value; case does not matter."""
    lower = {key.casefold(): v.strip() if isinstance(v, str) else v for key, v in (properties or {}).items()}
    return next((lower[n] for n in names if lower.get(n) not in (None, "")), None)


TO_PLANE = {}


def to_plane(xy, epsg):
    if epsg == 3006:
        return xy
    if epsg not in TO_PLANE:
        TO_PLANE[epsg] = pyproj.Transformer.from_crs(epsg, 3006, always_xy=True)
    return np.column_stack(TO_PLANE[epsg].transform(xy[:, 0], xy[:, 1]))


def rings_of(geometry):
    """The polygons of a geometry, each a list of rings; none for other geometries."""
    kind = (geometry or {}).get("type")
    if kind == "Polygon":
        return [geometry["coordinates"]]
    return geometry["coordinates"] if kind == "MultiPolygon" else []


def ring_sums(ring):
    """Twice the signed area, and the sums that make a centroid of it; around the ring's own first point."""
    x, y = (ring - ring[0]).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    return cross.sum(), ((x[:-1] + x[1:]) * cross).sum(), ((y[:-1] + y[1:]) * cross).sum()


def place_of(geometry, epsg):
    """The one point in the plane where a point or a polygon of one part counts; NaN where that is not so simple."""
    if geometry is None:
        return np.full(2, np.nan)
    kind, coordinates = geometry["type"], geometry.get("coordinates", [])
    if kind.startswith("Multi") and len(coordinates) == 1:
        kind, coordinates = kind[5:], coordinates[0]
    if kind == "Point":
        return to_plane(np.array([coordinates[:2]], float), epsg)[0]
    if kind != "Polygon":
        return np.full(2, np.nan)
    area = moment = 0.0
    origin = None
    for number, ring in enumerate(coordinates):
        plane = to_plane(np.array([p[:2] for p in ring], float), epsg)
        twice, mx, my = ring_sums(plane)
        sign = math.copysign(1.0, twice) * (1 if number == 0 else -1)
        origin = plane[0] if origin is None else origin
        area += sign * twice
        moment = moment + sign * (np.array([mx, my]) + 3 * twice * (plane[0] - origin))
    return origin + moment / (3 * area) if area else origin


@dataclasses.dataclass
class Layer:
    said: dict  # the entry of summary.json
    epsg: int = 0
    features: list = dataclasses.field(default_factory=list)  # (number in the file, id, properties, geometry)

    def places(self):
        return np.array([place_of(f[3], self.epsg) for f in self.features]).reshape(-1, 2)


def read_layer(said, path, refused):
    """The features of an input file that the program uses, by its own list of refusals."""
    text = path.read_text("utf-8-sig")
    try:
        root = json.loads(text)
        members = root["features"] if root.get("type") == "FeatureCollection" else [root]
    except json.JSONDecodeError:
        root, members = {}, [json.loads(line) for line in text.splitlines() if line.strip(" \t\r\x1e")]
    named = json.dumps(root.get("crs") or "")
    code = re.search(r"EPSG[^0-9\"]*(\d{4,6})\"", named)
    epsg = int(code[1]) if code else 4326 if "CRS84" in named else 0
    if not epsg:  # nothing said: degrees, or what the user or the program took it for
        epsg = int(re.sub(r"\D", "", said.get("crs") or "4326")) if said.get("crs_assumed") else 4326
    layer = Layer(said, epsg)
    stated = []
    for member in members:
        is_feature = isinstance(member, dict) and member.get("type") == "Feature"
        properties = (member.get("properties") or {}) if is_feature else {}
        key = member.get("id") if is_feature else None
        key = properties.get("id") if key is None else key
        stated.append((properties, member.get("geometry") if is_feature else member, None if key is None else f"{key}"))
    times = {}
    for _, _, key in stated:
        times[key] = times.get(key, 0) + 1
    for number, (properties, geometry, key) in enumerate(stated, 1):
        if number not in refused:
            unique = key is not None and times[key] == 1
            layer.features.append((number, key if unique else f"#{number}", properties, geometry))
    return layer, len(members)


# ---------------------------------------------------------------- RFC 7946

class Rfc7946:
    """Is a file of ours GeoJSON by the letter?"""

    def __init__(self, report, name):
        self.report, self.name, self.positions, self.rings = report, name, 0, 0

    def wrong(self, where, text):
        self.report.differ("RFC 7946", f"{self.name} {where}: {text}")

    def check(self, root):
        if not isinstance(root, dict) or root.get("type") != "FeatureCollection" or not isinstance(
            root.get("features"), list,
        ):
            self.wrong("root", "no FeatureCollection with features")
            return
        for member in ("crs", "coordinates", "geometries", "geometry", "properties"):
            if member in root:
                self.wrong("root", f"has a member {member}")
        ids = {}
        for number, feature in enumerate(root["features"], 1):
            where = f"feature {number}"
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                self.wrong(where, "is no Feature")
                continue
            if "geometry" not in feature or "properties" not in feature:
                self.wrong(where, "lacks geometry or properties")
            if not isinstance(feature.get("properties"), (dict, type(None))):
                self.wrong(where, "properties are no object")
            for member in ("crs", "coordinates", "geometries", "features"):
                if member in feature:
                    self.wrong(where, f"has a member {member}")
            if "id" in feature:
                key = feature["id"]
                if isinstance(key, bool) or not isinstance(key, (str, int, float)):
                    self.wrong(where, f"id {key!r} is no text or number")
                elif key in ids:
                    self.wrong(where, f"id {key!r} is that of feature {ids[key]} too")
                else:
                    ids[key] = number
            self.bbox(where, feature, [feature["geometry"]] if feature.get("geometry") else [])
            if feature.get("geometry") is not None:
                self.geometry(where, feature["geometry"])
        self.bbox("root", root, [f["geometry"] for f in root["features"] if isinstance(f, dict) and f.get("geometry")])
        self.report.count("RFC 7946", len(root["features"]) + self.rings)

    def geometry(self, where, geometry):
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        depth = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
        if kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
            for part in geometry["geometries"]:
                self.geometry(where, part)
            return
        if kind not in depth or not isinstance(geometry.get("coordinates"), list):
            self.wrong(where, f"geometry {kind!r} without sense")
            return
        if "crs" in geometry or "properties" in geometry or "geometry" in geometry or "features" in geometry:
            self.wrong(where, "geometry has a foreign member that RFC 7946 keeps for others")
        self.bbox(where, geometry, [geometry])
        if not self.nested(where, geometry["coordinates"], depth[kind]):
            return
        lines = {"LineString": [geometry["coordinates"]], "MultiLineString": geometry["coordinates"]}.get(kind, [])
        if any(len(line) < 2 for line in lines):
            self.wrong(where, "a line of fewer than two positions")
        for polygon in rings_of(geometry):
            self.polygon(where, polygon)

    def nested(self, where, value, depth):
        """Lists in lists down to positions; are they all right?"""
        if depth:
            if not isinstance(value, list) or not value:
                self.wrong(where, "coordinates are empty or not deep enough")
                return False
            return all([self.nested(where, part, depth - 1) for part in value])
        self.positions += 1
        if not isinstance(value, list) or len(value) not in (2, 3):
            self.wrong(where, f"position {value!r} has not two or three numbers")
        elif not all(isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v) for v in value):
            self.wrong(where, f"position {value!r} is not of finite numbers")
        elif not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
            self.wrong(where, f"position {value!r} is no longitude and latitude")
        else:
            if max(abs(round(v, 6) - v) for v in value[:2]) > 1e-12:
                self.wrong(where, f"position {value!r} has more than six decimals")
            return True
        return False

    def polygon(self, where, polygon):
        outer = None
        for number, ring in enumerate(polygon):
            self.rings += 1
            what = "outer ring" if number == 0 else f"hole {number}"
            if len(ring) < 4 or ring[0] != ring[-1]:
                self.wrong(where, f"{what} is not closed or has fewer than four positions")
                continue
            xy = np.array([p[:2] for p in ring], float)
            twice = ring_sums(xy)[0]
            if twice == 0:
                self.wrong(where, f"{what} has no area")
            elif (twice > 0) != (number == 0):
                self.wrong(where, f"{what} runs {'clockwise' if number == 0 else 'counter-clockwise'}")
            if number == 0:
                outer = xy
            elif outer is not None and inside((xy[1:] + xy[:-1]) / 2, outer[:-1], outer[1:]).mean() < 0.5:
                self.wrong(where, f"{what}, around {xy[0]}, lies outside its outer ring, around {outer[0]}")

    def bbox(self, where, thing, geometries):
        if "bbox" not in thing:
            return
        box = thing["bbox"]
        if not isinstance(box, list) or len(box) not in (4, 6) or not all(isinstance(v, (int, float)) for v in box):
            self.wrong(where, f"bbox {box!r} is not of four or six numbers")
            return
        half = len(box) // 2
        west, south, east, north = box[0], box[1], box[half], box[half + 1]
        xy = [p for g in geometries for p in positions_in(g.get("coordinates", []))]
        if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
            self.wrong(where, f"bbox {box!r} out of bounds")
        elif any(not (west - 1e-6 <= x <= east + 1e-6 and south - 1e-6 <= y <= north + 1e-6) for x, y in xy):
            self.wrong(where, f"bbox {box!r} does not hold its positions")


def positions_in(value):
    if value and not isinstance(value[0], list):
        yield value[0], value[1]
    else:
        for part in value:
            yield from positions_in(part)


ASSUMED = {
    "program", "version", "date", "method", "method_note", "measure", "threshold_km", "threshold_min", "fuel_near_m",
    "fuel_far_m", "host_within_m", "articles_min", "hours_min", "hours_min_small", "small_turnover_msek",
    "people_radii_km", "people_times_min", "percentile_rule", "within_rule", "note", "edits", "sources",
}
ROAD_MEMBERS = {
    "mode", "files", "junctions", "stretches", "pieces", "turn_restrictions_obeyed", "profile", "access_rule", "closures",
}
SUMMARY_MEMBERS = (
    "program", "version", "date", "method", "method_note", "measure", "detour_factor", "speed_kmh", "roads",
    "threshold_km", "threshold_min",
)
MEMBERS = {
    "demand": {"cell", "people", "municipality", "municipality_code"},
    "candidates": {
        "id", "name", "type", "municipality", "municipality_code", "sot_name", "status", "status_date", "in_favour_of",
        "host_store", "verdict", "rules", "missing", "not_met", "unknown", "missing_text", "missing_text_sv",
        "people_nearest", "sot_gap_people", "extra_person_km_if_closed",
        *(f"nearest_{kind}_{what}" for kind in KINDS for what in ("km", "straight_km", "name", "id")),
    },
    "gaps": {"kind", "rank", "people", "cells", "municipality", "municipality_code"},
}


def check_geojson(report, name, root, summary):
    Rfc7946(report, f"{name}.geojson").check(root)
    topic = "members"
    report.same(topic, f"{name}.geojson name", root.get("name"), name)
    assumed = root.get("sotplan")
    if not report.true(topic, isinstance(assumed, dict), f"{name}.geojson: no member sotplan"):
        return
    straight = assumed.get("method") == "straight_line_x_detour"
    wanted = ASSUMED | ({"detour_factor", "speed_kmh"} if straight else {"roads"})
    report.true(topic, not wanted - set(assumed), f"{name}.geojson sotplan lacks {sorted(wanted - set(assumed))}")
    if not straight:
        lacks = ROAD_MEMBERS - set(assumed.get("roads") or {})
        report.true(topic, not lacks, f"{name}.geojson sotplan.roads lacks {sorted(lacks)}")
    for member in SUMMARY_MEMBERS:
        report.same(topic, f"{name}.geojson sotplan.{member}", assumed.get(member), summary.get(member))
    shared = ("layer", "name", "file", "role", "sha256", "data_date")
    sources = [[source.get(member) for member in shared] for source in assumed.get("sources", [])]
    report.same(
        topic, f"{name}.geojson sources", sources,
        [[layer.get(member) for member in shared] for layer in summary["layers"]],
    )
    embedded = any(source.get("demo") for source in assumed.get("sources", []))
    report.true(
        topic, summary["demo"] or not embedded, f"{name}.geojson has demo sources, summary.json says there are none",
    )
    unit = "min" if summary["measure"] == "time" else "km"
    also = {"gaps": {f"mean_{unit}", f"max_{unit}"}}.get(name, set())
    for number, feature in enumerate(root["features"], 1):
        lacks = (MEMBERS[name] | also) - set(feature.get("properties") or {})
        report.true(topic, not lacks, f"{name}.geojson feature {number} lacks {sorted(lacks)}")


# ---------------------------------------------------------------- who is where

@dataclasses.dataclass
class Service:
    key: str
    name: object
    place: np.ndarray
    properties: dict


@dataclasses.dataclass
class Trips:
    """Of each cell to the nearest and second nearest service of a kind: metres, seconds and which one (−1: none)."""
    metres: np.ndarray  # cells × 2, NaN where there is none
    seconds: np.ndarray
    which: np.ndarray
    source: "Source"

    def main(self, measure):
        return self.seconds if measure == "time" else self.metres


@dataclasses.dataclass
class Source:
    """Where lengths come from, and how well it knows them: metres and seconds either way."""
    err_m: float
    err_s: float
    is_exact: bool = False
    pace: float = 1.0  # seconds a metre, where it is exact

    def err(self, measure):
        return self.err_s if measure == "time" else self.err_m

    def in_metres(self, main, measure):
        return main / self.pace if measure == "time" else main

    def within(self, main, measure, limit):
        """Two masks: within for certain, and perhaps within."""
        same = SAME * (self.pace if measure == "time" else 1.0)
        err = self.err(measure)
        return main <= limit + (same if self.is_exact else -err), main <= limit + max(err, PERHAPS)


class Run:
    """One folder of results, its inputs, and what both say."""

    def __init__(self, folder, said, report):
        self.folder, self.said, self.report = pathlib.Path(folder), said, report
        self.summary = read_json(self.folder / "summary.json")
        self.quality = read_json(self.folder / "quality.json")
        self.demand = read_json(self.folder / "demand.geojson")
        self.candidates = read_json(self.folder / "candidates.geojson")
        self.gaps = read_json(self.folder / "gaps.geojson")
        self.areas = read_table(self.folder / "areas.csv")
        self.factors = read_table(self.folder / "factors.csv")
        self.ranking = read_table(self.folder / "ranking.csv")
        self.assumed = self.demand.get("sotplan") or {}
        self.measure = self.summary["measure"]
        self.unit = "min" if self.measure == "time" else "km"
        self.scale = 60.0 if self.measure == "time" else 1000.0  # of the unit, in seconds or metres
        self.limit = self.summary[f"threshold_{self.unit}"] * self.scale
        self.straight = self.summary["method"] == "straight_line_x_detour"
        self.detour = self.summary.get("detour_factor")
        self.speed = self.summary.get("speed_kmh") if self.straight else None
        self.kinds = list(self.summary["kinds"])
        self.cells = [f["properties"] for f in self.demand["features"]]
        self.people = np.array([c["people"] for c in self.cells], float)
        self.centres = np.array([centre_lon_lat(f["geometry"]) for f in self.demand["features"]]).reshape(-1, 2)
        self.layers, self.inputs_known = self.read_inputs()
        self.services, self.unplaced = self.bind_services()
        self.cell_places, self.place_err = self.bind_cells()
        self.sites = self.bind_candidates()
        self.engine = None

    def has_minutes(self):
        return not self.straight or self.speed is not None

    # inputs
    def input_path(self, layer):
        if layer.get("path"):
            return pathlib.Path(self.said.base) / layer["path"]
        for path in sorted(pathlib.Path(self.said.demo_data).glob("*.geojson")):
            if hashlib.sha256(path.read_bytes()).hexdigest() == layer["sha256"]:
                return path
        return None

    def read_inputs(self):
        out, missing = {}, []
        for said, quality in zip(self.summary["layers"], self.quality["layers"]):
            path = self.input_path(said)
            if path is None or not path.is_file() or path.suffix.casefold() not in (
                ".geojson", ".json", ".geojsonl", ".ndjson"
            ):
                missing.append(said["file"])
                continue
            refused = {r["feature"] for r in quality["refused"]}
            layer, count = read_layer(said, path, refused)
            out[said["layer"]] = layer
            where, topic = said["file"], "inputs"
            self.report.same(topic, f"{where} SHA-256", said["sha256"], hashlib.sha256(path.read_bytes()).hexdigest())
            self.report.same(topic, f"{where} features_in", said["features_in"], count)
            self.report.same(topic, f"{where} features_used", said["features_used"], len(layer.features))
            self.report.same(topic, f"{where} crs", said["crs"], f"EPSG:{layer.epsg}")
        if missing:
            self.report.note(f"not at hand, what needs them is not compared: {', '.join(missing)}")
        return out, not missing

    def bind_services(self):
        """Services by kind, in the order of the data; and the kinds of which not every place is known here."""
        services, unplaced = {kind: [] for kind in KINDS}, set()
        for said in self.summary["layers"]:
            role = said["role"]
            kinds = ["sot"] if role == "sot" else (said.get("kinds") or {}).get("all")
            if role not in ("services", "sot"):
                continue
            layer = self.layers.get(said["layer"])
            if layer is None or kinds is None:
                unplaced.update(kinds or KINDS)
                continue
            for (_, key, properties, _), place in zip(layer.features, layer.places()):
                if role == "sot" and status_of(properties) not in SERVING:
                    continue
                service = Service(f"{said['layer']}/{key}", column(properties, NAME_COLUMNS), place, properties)
                for kind in kinds:
                    services[kind].append(service)
                    if np.isnan(place).any():
                        unplaced.add(kind)
        if "grocery" in unplaced and not any(services["grocery"]):  # the stores themselves are among the results
            stores = [f for f in self.candidates["features"] if f["properties"]["host_store"] == "in_data"]
            services["grocery"] = [
                Service(f["id"], f["properties"]["name"], place_of(f["geometry"], 4326), {}) for f in stores
            ]
            if len(stores) == self.summary["kinds"].get("grocery", {}).get("services"):
                unplaced.discard("grocery")
        return services, unplaced

    def bind_cells(self):
        """Where the cells count, in the plane, and how well that is known in metres."""
        layers = [self.layers.get(s["layer"]) for s in self.summary["layers"] if s["role"] == "population"]
        self.cell_layers = []
        if layers and None not in layers:
            features = [(layer, *feature) for layer in layers for feature in layer.features]
            self.report.same("inputs", "cells of demand.geojson", len(self.cells), len(features))
            if len(features) == len(self.cells):
                self.cell_layers = features
                places = np.concatenate([layer.places() for layer in layers])
                if not np.isnan(places).any():
                    return places, self.said.slack
                self.report.note(
                    "some cells are neither points nor polygons of one part: their lengths are taken as written",
                )
                return places, math.nan
        places = np.array([place_of(f["geometry"], 4326) for f in self.demand["features"]]).reshape(-1, 2)
        return places, 0.15

    def bind_candidates(self):
        """Of each candidate: the number of its store (or None), the properties of its SOT place, its place."""
        stores = {s.key: i for i, s in enumerate(self.services["grocery"])}
        sots = {}
        for said in self.summary["layers"]:
            if said["role"] == "sot" and said["layer"] in self.layers:
                layer = self.layers[said["layer"]]
                for feature, place in zip(layer.features, layer.places()):
                    sots[f"{said['layer']}/{feature[1]}"] = (feature[2], place)
        out = []
        for feature in self.candidates["features"]:
            key = feature["properties"]["id"]
            if key in stores:
                out.append((stores[key], self.services["grocery"][stores[key]].place))
            else:
                out.append((None, sots[key][1] if key in sots else place_of(feature["geometry"], 4326)))
        self.sots = sots
        return out

    def services_placed(self, kind):
        return kind not in self.unplaced


def status_of(properties):
    text = spelled(column(properties, ("status", "sot_status")))
    return STATUS_WORDS.get(text, text.replace(" ", "_"))


def centre_lon_lat(geometry):
    """A point inside a grid cell, in degrees: for looking up in outlines only."""
    ring = np.array([p[:2] for p in rings_of(geometry)[0][0]], float) if rings_of(geometry) else None
    if ring is not None:
        twice, mx, my = ring_sums(ring)
        return ring[0] + np.array([mx, my]) / (3 * twice) if twice else ring[0]
    if geometry and geometry["type"] == "Point":
        return np.array(geometry["coordinates"][:2], float)
    xy = list(positions_in(geometry.get("coordinates", []))) if geometry else []
    return np.array(xy).mean(0) if xy else np.full(2, np.nan)


# ---------------------------------------------------------------- lengths

class StraightLines:
    """Lengths from positions: straight line × detour factor, minutes at the speed, of rescue after the turnout."""

    words = "positions in the inputs"

    def __init__(self, run):
        self.run = run
        self.pace = 3.6 / run.speed if run.speed else math.nan  # seconds a metre
        err = run.place_err
        self.source = Source(err, err * self.pace, err <= run.said.slack, self.pace)
        turnout = run.assumed.get("turnout_min") or TURNOUT_MIN
        self.starts = {"rescue": np.array([turnout_of(s.properties, turnout) * 60 for s in run.services["rescue"]])}

    def knows(self, kind):
        return self.run.services_placed(kind) and not math.isnan(self.source.err_m)

    def places(self, kind):
        return np.array([s.place for s in self.run.services[kind]]).reshape(-1, 2)

    def start(self, kind, which):
        """Seconds before anybody moves."""
        return self.starts[kind][which] if kind in self.starts else 0.0

    def nearest(self, kind, count):
        """Metres, seconds and numbers of the nearest services of each cell, cells × count."""
        places, cells = self.places(kind), self.run.cell_places
        count = min(count, len(places))
        if count == 0:
            return (np.empty((len(cells), 0)),) * 2 + (np.empty((len(cells), 0), int),)
        if kind in self.starts and self.run.measure == "time":  # the nearest by time need not be the nearest
            which = np.empty((len(cells), count), int)
            for first in range(0, len(cells), 2000):
                part = slice(first, first + 2000)
                apart = np.hypot(*(cells[part, None] - places).transpose(2, 0, 1))
                seconds = apart * self.run.detour * self.pace + self.start(kind, slice(None))
                which[part] = np.argsort(seconds, axis=1, kind="stable")[:, :count]
            plain = np.hypot(*(cells[:, None] - places[which]).transpose(2, 0, 1))
        else:
            plain, which = cKDTree(places).query(cells, k=[*range(1, count + 1)])
        metres = plain * self.run.detour
        return metres, metres * self.pace + self.start(kind, which), which

    def trips(self, kind, plain, which):
        metres = plain * self.run.detour
        return metres, metres * self.pace + self.start(kind, which)

    def of(self, kind, which):
        """Metres and seconds from each cell to a service of its own."""
        return self.trips(kind, np.hypot(*(self.run.cell_places - self.places(kind)[which]).T), which)

    def to_site(self, site):
        """Metres and seconds from every cell to a candidate."""
        return self.trips("grocery", np.hypot(*(self.run.cell_places - self.run.sites[site][1]).T), slice(None))

    def from_site(self, site, kind):
        return self.trips(kind, np.hypot(*(self.places(kind) - self.run.sites[site][1]).T), slice(None))

    def knows_site(self, site):
        return not np.isnan(self.run.sites[site][1]).any()


class RoadTables:
    """Lengths from `sotplan travel`: every pair, on the road, and the walks at both ends added."""

    words, source = "tables of all pairs", Source(0.02, 0.02)

    def __init__(self, run, binary, roads):
        self.run, self.cells, self.stores = run, {}, {}
        self.command = [binary, "travel", "--cost", run.measure, *(f"--roads={road}" for road in roads)]
        profile = run.summary["roads"]["profile"]
        self.walk = 3.6 / profile["walk_kmh"]
        layers = {"population": []}
        for said in run.summary["layers"]:
            kinds = {"services": (said.get("kinds") or {}).get("all") or [], "sot": ["sot"], "population": ["population"]}
            for kind in kinds.get(said["role"], []):
                layers.setdefault(kind, []).append(said)
        several = any(len(of_kind) != 1 for of_kind in layers.values())
        if run.summary["roads"]["closures"] or several or "grocery" not in layers:
            run.report.note("no tables of all pairs: closures, several layers of a kind, or no store")
            return
        with tempfile.TemporaryDirectory() as folder:
            speeds = pathlib.Path(folder) / "speeds.json"
            speeds.write_text(json.dumps(profile), "utf-8")
            self.command += ["--speeds", speeds, "--out", pathlib.Path(folder) / "table.csv"]
            for kind, (said,) in layers.items():
                for begin, out in (("population", self.cells), ("grocery", self.stores)):
                    pair = None if kind == "population" else self.pairs(kind, layers[begin][0], said, profile)
                    if pair is not None:
                        out[kind] = pair

    def pairs(self, kind, begin, said, profile):
        """Metres and seconds from each place of a layer (rows) to each service; of rescue, from the station."""
        mode, ends = self.run.summary["roads"]["mode"], (begin, said)
        if kind == "rescue":
            mode, ends = "rescue", (said, begin)
        where = [f"--{end}={self.run.input_path(layer)}" for end, layer in zip(("from", "to"), ends)]
        subprocess.run([*self.command, *where, "--profile", mode], check=True, capture_output=True)
        table = self.read(self.command[-1], *(layer["features_in"] for layer in ends))
        if table is None:
            return None
        metres, seconds = table
        services = self.run.services[kind]
        if kind == "rescue":
            turnout = [turnout_of(service.properties, profile["turnout_min"]) * 60 for service in services]
            return metres.T, seconds.T + turnout
        if kind == "sot":  # only those that serve
            features = self.run.layers[said["layer"]].features
            serving = [i for i, feature in enumerate(features) if status_of(feature[2]) in SERVING]
            return metres[:, serving], seconds[:, serving]
        return metres, seconds

    def read(self, path, rows, columns):
        text = path.read_text("utf-8").replace(",,", ",nan,").replace(",,", ",nan,")
        table = np.loadtxt(io.StringIO(text), delimiter=",", skiprows=1, usecols=(2, 3, 4, 5), ndmin=2, quotechar='"')
        if len(table) != rows * columns:
            self.run.report.note(f"a table of {len(table)} pairs in place of {rows} × {columns}: not used")
            return None
        seconds, metres, first, last = table.T.reshape(4, rows, columns)  # in the order of the files
        return metres + first + last, seconds + (first + last) * self.walk

    def knows(self, kind):
        return kind in self.cells

    def nearest(self, kind, count):
        metres, seconds = self.cells[kind]
        main, other = (seconds, metres) if self.run.measure == "time" else (metres, seconds)
        which = np.lexsort((other, main), axis=1)[:, :count]
        rows = np.arange(len(main))[:, None]
        return metres[rows, which], seconds[rows, which], np.where(np.isnan(main[rows, which]), -1, which)

    def of(self, kind, which):
        rows = np.arange(len(which))
        return tuple(table[rows, which] for table in self.cells[kind])

    def to_site(self, site):
        return tuple(table[:, self.run.sites[site][0]] for table in self.cells["grocery"])

    def from_site(self, site, kind):
        return tuple(table[self.run.sites[site][0]] for table in self.stores[kind])

    def knows_site(self, site):
        return self.run.sites[site][0] is not None and "grocery" in self.cells


def turnout_of(properties, minutes):
    """Minutes from alarm to departure: stated, else by the form of the station."""
    stated = column(properties, ("turnout_min", "turnout", "anspanningstid", "anspänningstid"))
    if stated is not None:
        return number_of(stated)
    form = spelled(column(properties, ("form", "serviceform", "omb_typ", "station_type", "fire_station:type")))
    if any(word in form for word in ("full", "heltid", "career")):
        return minutes[0]
    return minutes[2] if any(word in form for word in ("volunteer", "värn", "varn", "frivillig")) else minutes[1]


def written_trips(run, kind):
    """What demand.geojson says, to its digits."""
    numbers = {s.key: i for i, s in enumerate(run.services[kind])}
    cells, topic = run.cells, "cells"
    get = lambda name, scale: np.array([np.nan if c.get(name) is None else c[name] * scale for c in cells], float)
    metres = np.column_stack([get(f"{kind}_km", 1000.0), get(f"{kind}_2_km", 1000.0)])
    seconds = np.column_stack([get(f"{kind}_min", 60.0), get(f"{kind}_2_min", 60.0)])
    which = np.full((len(cells), 2), -1)
    for row, cell in enumerate(cells):
        reason = cell.get(f"{kind}_reason")
        if reason is not None:
            run.report.true(
                topic, reason in REASONS, f"cell {cell['cell']} {kind}: reason {reason!r} is not documented",
            )
        holds = (reason is None) == (cell.get(f"{kind}_km") is not None) == (cell.get(f"{kind}_id") is not None)
        run.report.true(topic, holds, f"cell {cell['cell']} {kind}: neither a value nor a reason, or both")
        for rank, name in enumerate((f"{kind}_id", f"{kind}_2_id")):
            if cell.get(name) is not None:
                if not run.services_placed(kind):
                    numbers.setdefault(cell[name], len(numbers))
                which[row, rank] = numbers.get(cell[name], -1)
                if which[row, rank] < 0:
                    run.report.differ(topic, f"cell {cell['cell']} {name}: no service {cell[name]!r} in the inputs")
    run.report.count(topic, np.isfinite(metres).sum() + (which >= 0).sum())
    trips = Trips(metres, seconds, which, Source(0.5, 0.3))
    first, second = trips.main(run.measure).T
    for row in np.flatnonzero(second < first):
        run.report.differ(topic, f"cell {cells[row]['cell']} {kind}: the second nearest is nearer")
    return trips


def check_cells(run, kind, written):
    """Compares demand.geojson with own lengths; gives the best that is known of the trips."""
    engine, report, topic = run.engine, run.report, "cells"
    if engine is None or not engine.knows(kind):
        return written
    metres, seconds, which = engine.nearest(kind, 6)
    found = which.shape[1]
    source, shape = engine.source, (len(run.cells), 2)
    own = Trips(np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, -1), source)
    take = min(2, found)
    for mine, found_here in ((own.metres, metres), (own.seconds, seconds), (own.which, which)):
        mine[:, :take] = found_here[:, :take]
    main = seconds if run.measure == "time" else metres
    err = source.err(run.measure)
    for rank in range(2):
        step = "" if rank == 0 else "_2"
        name = lambda row, unit="": f"cell {run.cells[row]['cell']} {kind}{step}{unit}"
        there, said_there = own.which[:, rank] >= 0, written.which[:, rank] >= 0
        report.count(topic, len(there))
        for row in np.flatnonzero(there != said_there):
            words = ("none is written, there is one", "a value is written, there is none")[int(said_there[row])]
            report.differ(topic, f"{name(row)}: {words}")
        both = there & said_there
        # The service that is named, at its own length: as near as the nearest, and its other measure is written.
        named = np.where(both, written.which[:, rank], 0)
        if not both.any():
            continue
        named_m, named_s = (np.where(both, v, np.nan) for v in engine.of(kind, named))
        report.arrays(
            topic, written.metres[:, rank], named_m, 0.5 + source.err_m + PERHAPS, lambda r: name(r, "_km, m"),
        )
        if run.has_minutes():
            report.arrays(
                topic, written.seconds[:, rank], named_s, 0.3 + source.err_s + PERHAPS, lambda r: name(r, "_min, s"),
            )
        named_main = named_s if run.measure == "time" else named_m
        words = f"is not the {('nearest', 'second nearest')[rank]}"
        report.arrays(
            topic, named_main, np.where(both, main[:, rank], np.nan), 2 * err + PERHAPS,
            lambda r: name(r, f" {run.cells[r].get(f'{kind}{step}_id')} {words}"),
        )
        if rank == 0 and source.is_exact:
            check_first_of_equals(run, kind, source.in_metres(main, run.measure), which, named, both)
        own.which[:, rank] = np.where(both, named, own.which[:, rank])
        own.metres[:, rank], own.seconds[:, rank] = np.where(both, named_m, own.metres[:, rank]), np.where(
            both, named_s, own.seconds[:, rank],
        )
    report.count(topic, len(run.cells))
    for row in np.flatnonzero((own.which[:, 0] == own.which[:, 1]) & (own.which[:, 0] >= 0)):
        report.differ(topic, f"cell {run.cells[row]['cell']} {kind}: nearest and second nearest are the same service")
    for row, cell in enumerate(run.cells):
        if written.which[row, 0] >= 0:
            service = run.services[kind][written.which[row, 0]]
            if service.name is not None and cell.get(f"{kind}_name") != str(service.name):
                report.differ(
                    topic, f"cell {cell['cell']} {kind}_name: said {cell.get(f'{kind}_name')!r}, is {service.name!r}",
                )
    return own


def check_first_of_equals(run, kind, metres, which, named, both):
    """Of services that are equally near none stands before the one that is named."""
    if metres.shape[1] < 2:
        return
    equal = metres <= metres[:, :1] + SAME
    first = np.where(equal, which, np.iinfo(int).max).min(1)
    countable = both & equal[:, 1]
    run.report.count("cells", countable.sum())
    for row in np.flatnonzero(countable & (named > first)):
        keys = [run.services[kind][w].key for w in (named[row], first[row])]
        run.report.differ(
            "cells", f"cell {run.cells[row]['cell']} {kind}: of equals {keys[0]} is named, {keys[1]} stands first",
        )


# ---------------------------------------------------------------- figures of coverage

def percentile(values, people, share):
    """The smallest value at which the cumulated people reach the share."""
    counts = people > 0
    if not counts.any():
        return math.nan
    order = np.argsort(values[counts], kind="stable")
    cumulated = np.cumsum(people[counts][order])
    return values[counts][order][np.searchsorted(cumulated, share * cumulated[-1] * (1 - 1e-15))]


def spread(values, people):
    """Mean, P50, P90 and max of cells that have a value, by people."""
    counts = (people > 0) & ~np.isnan(values)
    if not counts.any():
        return {name: math.nan for name in ("mean", "p50", "p90", "max")}
    values, people = values[counts], people[counts]
    return {
        "mean": float((values * people).sum() / people.sum()), "p50": percentile(values, people, 0.5),
        "p90": percentile(values, people, 0.9), "max": float(values.max()),
    }


def side_of_limit(run, kind, trips):
    """Is each cell beyond the threshold or without a value? Where the source cannot tell, the outline of gaps does."""
    sure, perhaps = trips.source.within(trips.main(run.measure)[:, 0], run.measure, run.limit)
    has = trips.which[:, 0] >= 0
    beyond = ~has | ~perhaps
    unclear = has & perhaps & ~sure
    if unclear.any():
        outlines = [f for f in run.gaps["features"] if f["properties"]["kind"] == kind]
        beyond[unclear] = (which_outline(outlines, run.centres) >= 0)[unclear]
        run.report.note(
            f"{kind}: {unclear.sum()} cells with {run.people[unclear].sum():g} people lie at the threshold as far as can be "
            f"told; by gaps.geojson {(unclear & beyond).sum()} of them are beyond, and all figures must agree"
        )
    return beyond


def which_outline(features, points):
    """The number of the (multi)polygon that holds each point, or −1."""
    out = np.full(len(points), -1)
    order = np.argsort(points[:, 0])
    sorted_x = points[order, 0]
    for number, feature in enumerate(features):
        rings = [np.array([p[:2] for p in ring], float) for polygon in rings_of(feature["geometry"]) for ring in polygon]
        if not rings:
            continue
        start, end = np.concatenate([ring[:-1] for ring in rings]), np.concatenate([ring[1:] for ring in rings])
        low, high = start.min(0), start.max(0)
        near = order[np.searchsorted(sorted_x, low[0]):np.searchsorted(sorted_x, high[0], "right")]
        near = near[(points[near, 1] >= low[1]) & (points[near, 1] <= high[1])]
        out[near[inside(points[near], start, end)]] = number
    return out


def inside(points, start, end):
    """Even-odd over all edges at once; points in bands of latitude, each with the edges that pass it."""
    out = np.zeros(len(points), bool)
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    by_y = np.argsort(points[:, 1])
    for first in range(0, len(points), 256):
        band = by_y[first:first + 256]
        x, y = points[band].T[:, :, None]
        passes = (high >= y.min()) & (low <= y.max())
        (x1, y1), (x2, y2) = start[passes].T, end[passes].T
        with np.errstate(divide="ignore", invalid="ignore"):
            right = ((y1 > y) != (y2 > y)) & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
        out[band] = np.count_nonzero(right, axis=1) % 2 == 1
    return out


UNITS = (("km", "metres", 1000.0, "err_m"), ("min", "seconds", 60.0, "err_s"))


def check_summary(run, kind, trips, beyond):
    said, report, topic, people = run.summary["kinds"][kind], run.report, "summary", run.people
    has = trips.which[:, 0] >= 0
    reasons = {}
    for row in np.flatnonzero(~has):
        reason = run.cells[row].get(f"{kind}_reason")
        reasons[reason] = reasons.get(reason, 0) + people[row]
    reasons = {reason: number for reason, number in reasons.items() if number}
    total = people.sum()
    report.near(topic, f"{kind} people_total", said["people_total"], total, 1e-6)
    report.near(topic, f"{kind} people_within", said["people_within"], people[~beyond].sum(), 1e-6)
    report.near(topic, f"{kind} people_beyond", said["people_beyond"], people[beyond & has].sum(), 1e-6)
    without = {reason: number for reason, number in said["people_without_value"].items() if number}
    report.same(topic, f"{kind} people_without_value", without, reasons)
    if isinstance(said.get("only_service"), dict) and "people" in said["only_service"]:  # not in every version
        own = people[has & (trips.which[:, 1] < 0)].sum()
        report.near(topic, f"{kind} only_service people", said["only_service"]["people"], own, 1e-6)
    whole = said["people_within"] + said["people_beyond"] + sum(said["people_without_value"].values())
    report.same(topic, f"{kind} within + beyond + without value", whole, said["people_total"])
    for unit, member, scale, err in UNITS:
        if unit == "min" and not run.has_minutes():
            continue
        digits = 0.05 if unit == "km" else 0.3
        for name, own in spread(getattr(trips, member)[:, 0], people).items():
            value = said.get(f"{name}_{unit}")
            report.near(
                topic, f"{kind} {name}_{unit}", value, own / scale, (digits + getattr(trips.source, err)) / scale,
            )
    if run.services_placed(kind):
        report.same(topic, f"{kind} services", said["services"], len(run.services[kind]))


def check_areas(run, trips, beyond):
    """Rows of areas.csv against the cells that name them in demand.geojson."""
    report, topic, people = run.report, "areas.csv", run.people
    keys = [(str(c["municipality_code"] or ""), c["municipality"] or "") for c in run.cells]
    rows = {}
    for number, row in enumerate(run.areas, 2):
        key = (row["area_code"], row["area"])
        report.true(topic, key not in rows, f"line {number}: {key} stands twice")
        code = row["area_code"]
        report.true(topic, not code or code not in {k[0] for k in rows}, f"line {number}: code {code} stands twice")
        rows[key] = row
    nowhere = [key for key in rows if not key[0] and re.match(r"no municipality|ingen kommun", key[1])]
    members = {key: [] for key in rows}
    for number, key in enumerate(keys):
        if key == ("", ""):
            key = row_of_nowhere(run, number, nowhere)
        if key not in members:
            report.differ(topic, f"cell {run.cells[number]['cell']}: no row for {keys[number]}")
            continue
        members[key].append(number)
    for key, row in rows.items():
        mine = np.zeros(len(people), bool)
        mine[members[key]] = True
        where = f"{key[0]} {key[1]}".strip()
        report.near(topic, f"{where} people", figure(row["people"]), people[mine].sum(), 1e-6)
        report.same(topic, f"{where} cells", int(row["cells"]), int(mine.sum()))
        for kind in run.kinds:
            has = trips[kind].which[:, 0] >= 0
            report.near(
                topic, f"{where} {kind} beyond", figure(row[f"{kind}_people_beyond"]),
                people[mine & has & beyond[kind]].sum(), 1e-6,
            )
            report.near(
                topic, f"{where} {kind} without value", figure(row[f"{kind}_people_without_value"]),
                people[mine & ~has].sum(), 1e-6,
            )
            for unit, member, scale, err in UNITS:
                if unit == "min" and not run.has_minutes():
                    continue
                digits = 0.5 if unit == "km" else 0.3
                for name, own in spread(getattr(trips[kind], member)[mine, 0], people[mine]).items():
                    report.near(topic, f"{where} {kind} {name}_{unit}", figure(row[f"{kind}_{name}_{unit}"]), own / scale,
                                (digits + getattr(trips[kind].source, err)) / scale)
    total = lambda name: sum(figure(row[name]) or 0 for row in run.areas)
    report.near(topic, "sum of people", total("people"), people.sum(), 1e-6)
    report.near(topic, "sum of cells", total("cells"), len(people), 0)
    for kind in run.kinds:
        said = run.summary["kinds"][kind]
        report.near(topic, f"sum of {kind} beyond", total(f"{kind}_people_beyond"), said["people_beyond"], 1e-6)
        report.near(
            topic, f"sum of {kind} without value", total(f"{kind}_people_without_value"),
            sum(said["people_without_value"].values()), 1e-6,
        )


def row_of_nowhere(run, number, rows):
    """The row "no municipality" of a cell without one: that which names what the cell says of itself, if there is one."""
    if len(rows) == 1:
        return rows[0]
    own = {spelled(v) for v in [*own_areas(run, number), run.cells[number].get("municipality_named")]}
    plain = ("", "no municipality")
    for key in rows:
        named = re.search(r"\((?:names?|nämner|anger)?:?\s*(.*)\)$", key[1])
        if named is None:
            plain = key
        elif own - {""}:
            listed = {spelled(part) for part in re.split(r"[,;]\s*", named[1])}
            if own & listed or re.search(r"\d+ (more|till)$", named[1]):
                return key
    return plain


# ---------------------------------------------------------------- inputs and areas

def own_areas(run, number):
    """What a cell names as its area: the first of its area columns, of those that name a loaded area at least once."""
    if not run.cell_layers:
        return []
    if not hasattr(run, "area_columns"):
        loaded = {spelled(v) for area in loaded_areas(run) for v in area[:2]} - {""}
        found, seen = set(), set()
        for _, _, _, properties, _ in run.cell_layers:
            for name, value in properties.items():
                if (name, value) not in seen and name.casefold() in AREA_CODES + AREA_NAMES:
                    seen.add((name, value))
                    if spelled(value) in loaded:
                        found.add(name)
        run.area_columns = sorted(found, key=lambda name: (AREA_CODES + AREA_NAMES).index(name.casefold()))
    properties = run.cell_layers[number][3]
    return [properties[name] for name in run.area_columns if properties.get(name) not in (None, "")][:1]


def loaded_areas(run):
    """(code, name, geometry, EPSG) of each feature of the layers of areas."""
    if not hasattr(run, "area_list"):
        run.area_list = []
        for said in run.summary["layers"]:
            if said["role"] == "areas" and said["layer"] in run.layers:
                layer, fields = run.layers[said["layer"]], said.get("area_fields") or {}
                for _, _, properties, geometry in layer.features:
                    code, name = (properties.get(fields.get(f)) if fields.get(f) else None for f in ("code", "name"))
                    run.area_list.append((code, name, geometry, layer.epsg))
    return run.area_list


def check_inputs(run):
    """People, shape and municipality of each cell, against the population file."""
    report, topic = run.report, "inputs"
    for said, quality in zip(run.summary["layers"], run.quality["layers"]):
        where = said["file"]
        refused = sum(said["features_refused"].values())
        report.same(topic, f"{where} in = used + refused", said["features_in"], said["features_used"] + refused)
        for member in ("features_in", "features_used", "features_refused"):
            report.same(topic, f"quality.json {where} {member}", quality[member], said[member])
        report.same(topic, f"quality.json {where} adds_up", quality["adds_up"], True)
        report.same(topic, f"quality.json {where} refused", len(quality["refused"]), refused)
        counts = {}
        for remark in quality["remarks"]:
            counts[remark["remark"]] = counts.get(remark["remark"], 0) + 1
        report.same(topic, f"quality.json {where} remarks", counts, said["remarks"])
    if not run.cell_layers:
        return
    for row, (layer, number, _, properties, geometry) in enumerate(run.cell_layers):
        cell = run.cells[row]
        report.same(topic, f"cell {cell['cell']} number", cell["cell"], number)
        value = number_of(properties.get(layer.said["population_field"], "nan"))
        report.near(topic, f"cell {number} people", cell["people"], value, 1e-9)
        box = lambda g: np.array([f(np.array(list(positions_in(g["coordinates"]))), axis=0) for f in (np.min, np.max)])
        if geometry and "coordinates" in geometry:
            written = box(run.demand["features"][row]["geometry"])
            if layer.epsg == 4326:
                apart = np.abs(written - box(geometry)).max() * 1e6
                report.true(topic, apart < 0.6, f"cell {number}: its shape is {apart:.1f} millionths of a degree off")
            else:
                apart = np.abs(place_of(run.demand["features"][row]["geometry"], 4326) - run.cell_places[row]).max()
                report.true(topic, not apart > 0.15, f"cell {number}: its shape is {apart:.2f} m off")
    check_municipalities(run)


def check_municipalities(run):
    """A cell's municipality: what it names itself, else the polygon, else the nearest within 5 km, else none."""
    report, topic, areas = run.report, "municipality", loaded_areas(run)
    if not areas or any(math.isnan(v) for v in run.cell_places.ravel()):
        return
    identity = {}
    for code, name, _, _ in areas:
        for value in (code, name):
            if spelled(value):
                identity.setdefault(spelled(value), set()).add(spelled(code) or spelled(name))
    names = {(spelled(name), spelled(code) or spelled(name)) for code, name, _, _ in areas}
    # Malung of Malung-Sälen
    part_of = lambda text: {key for name, key in names if re.match(re.escape(text) + r"\W", name)}
    by_place = []
    for row, cell in enumerate(run.cells):
        own = [spelled(v) for v in own_areas(run, row)]
        said = spelled(cell["municipality_code"]) or spelled(cell["municipality"])
        if not own:
            by_place.append((f"cell {cell['cell']}", run.cell_places[row], said, set()))
            continue
        allowed = identity.get(own[0]) or {"", *part_of(own[0])}
        report.true(
            topic, said in allowed,
            f"cell {cell['cell']} ({cell['people']:g} people) names {own}: counted in {said or 'none'}",
        )
    pairs = {(str(code or ""), str(name or "")) for code, name, _, _ in areas} | {("", "")}
    for site, feature in enumerate(run.candidates["features"]):
        said, store = feature["properties"], run.sites[site][0]
        pair = (str(said["municipality_code"] or ""), str(said["municipality"] or ""))
        report.true(topic, pair in pairs, f"{said['id']}: {pair} is no area")
        sot = run.sots.get(said["id"], ({},))[0]
        properties = run.services["grocery"][store].properties if store is not None else sot
        stated = {v for name in AREA_CODES + AREA_NAMES for v in identity.get(spelled(column(properties, (name,))), ())}
        by_place.append(
            (said["id"], run.sites[site][1], spelled(said["municipality_code"]) or spelled(said["municipality"]), stated),
        )
    points = np.array([place for _, place, _, _ in by_place])
    keys = np.array([spelled(code) or spelled(name) for code, name, _, _ in areas])
    apart = np.array([signed_distance(geometry, epsg, points) for _, _, geometry, epsg in areas])
    doubt = 3.0  # metres: what a straight edge is on the ground has more than one reading
    for (where, _, said, stated), distance in zip(by_place, apart.T):
        nearest = distance.min()
        allowed = {""} if nearest > 5000 - doubt else set()
        if nearest <= 5000 + doubt:
            allowed |= {str(keys[i]) for i in np.flatnonzero(distance <= max(nearest, 0) + doubt)}
        allowed |= stated
        report.true(
            topic, said in allowed,
            f"{where}: counted in {said or 'none'}, lies in or near {sorted(allowed)} ({nearest:.0f} m)",
        )


def signed_distance(geometry, epsg, points):
    """Metres outside a polygon, below zero inside. Edges are straight in the file's own system."""
    starts, ends = [], []
    for ring in (ring for polygon in rings_of(geometry) for ring in polygon):
        source = np.array([p[:2] for p in ring], float)
        if epsg != 3006:
            steps = np.linspace(0, 1, 32, endpoint=False)[None, :, None]
            source = np.vstack(
                [(source[:-1, None] + (source[1:] - source[:-1])[:, None] * steps).reshape(-1, 2), source[-1:]],
            )
        plane = to_plane(source, epsg)
        starts.append(plane[:-1])
        ends.append(plane[1:])
    start, end = np.concatenate(starts), np.concatenate(ends)
    along, length2 = end - start, ((end - start) ** 2).sum(1)
    outside = np.full(len(points), np.inf)
    close = np.flatnonzero((points >= start.min(0) - 10_000).all(1) & (points <= start.max(0) + 10_000).all(1))
    for first in range(0, len(close), 256):
        band = close[first:first + 256]
        from_start = points[band][:, None] - start
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.clip(np.nan_to_num((from_start * along).sum(2) / length2), 0, 1)
        outside[band] = np.hypot(*(from_start - along * share[:, :, None]).transpose(2, 0, 1)).min(1)
    return np.where(inside(points, start, end), -outside, outside)


# ---------------------------------------------------------------- gaps

def cell_side(run):
    """The side of the grid: of squares by their area, of points by where their centres lie."""
    squares = [abs(ring_sums(to_plane(np.array([p[:2] for p in rings_of(f["geometry"])[0][0]], float), 4326))[0]) / 2
               for f in run.demand["features"][:200] if rings_of(f["geometry"])]
    if squares:
        side = math.sqrt(float(np.median(squares)))
        return min(SIDES, key=lambda s: abs(s - side))
    for side in SIDES:
        if (np.abs((run.cell_places - side / 2 + side / 2) % side - side / 2) < 2).all():
            return side
    return 1000


def touching(run):
    """Pairs of cells whose centres are at most 1.5 sides apart."""
    return cKDTree(run.cell_places).query_pairs(1.5 * cell_side(run), output_type="ndarray")


def check_gaps(run, kind, trips, beyond, pairs):
    report, topic, people = run.report, "gaps", run.people
    inner = pairs[beyond[pairs].all(1)]
    count, label = connected_components(
        coo_matrix((np.ones(len(inner), bool), inner.T), shape=(len(people), len(people))), directed=False
    )
    label = np.where(beyond, label, -1)
    sums = np.bincount(label[beyond], people[beyond], minlength=count)
    first = np.full(count, len(people))
    np.minimum.at(first, label[beyond], np.flatnonzero(beyond))
    ranked = sorted((g for g in range(count) if sums[g] > 0), key=lambda g: (-sums[g], first[g]))
    said = sorted(
        (f for f in run.gaps["features"] if f["properties"]["kind"] == kind), key=lambda f: f["properties"]["rank"]
    )
    report.same(topic, f"{kind} number of gaps", len(said), len(ranked))
    report.same(topic, f"{kind} gaps in summary.json", run.summary["kinds"][kind]["gaps"], len(ranked))
    report.same(topic, f"{kind} ranks", [f["properties"]["rank"] for f in said], list(range(1, len(said) + 1)))
    found = which_outline(said, run.centres)
    rank_of = np.full(count + 1, -1)
    rank_of[ranked] = np.arange(len(ranked))
    report.count(topic, len(found))
    for row in np.flatnonzero((found != rank_of[label]) & ~np.isnan(run.centres[:, 0]))[:200]:
        drawn, right = (number + 1 or "none" for number in (found[row], rank_of[label[row]]))
        report.differ(topic, f"{kind}: cell {run.cells[row]['cell']} is drawn in gap {drawn}, belongs to {right}")
    by_group = np.argsort(label, kind="stable")
    starts = np.searchsorted(label[by_group], np.arange(count + 1))
    for feature, group in zip(said, ranked):
        mine = by_group[starts[group]:starts[group + 1]]
        properties = feature["properties"]
        where = f"{kind} gap {properties['rank']}"
        report.near(topic, f"{where} people", properties["people"], sums[group], 1e-6)
        report.same(topic, f"{where} cells", properties["cells"], len(mine))
        for unit, member, scale, err in UNITS:
            if f"mean_{unit}" in properties:
                own = spread(getattr(trips, member)[mine, 0], people[mine])
                tolerance = ((0.5 if unit == "km" else 0.3) + getattr(trips.source, err)) / scale
                report.near(topic, f"{where} mean_{unit}", properties[f"mean_{unit}"], own["mean"] / scale, tolerance)
                report.near(topic, f"{where} max_{unit}", properties[f"max_{unit}"], own["max"] / scale, tolerance)
        by_area = {}
        for row in mine:
            key = (run.cells[row]["municipality"], run.cells[row]["municipality_code"])
            by_area[key] = by_area.get(key, 0) + people[row]
        most = {key for key, number in by_area.items() if number >= max(by_area.values()) - 1e-9}
        report.true(topic, (properties["municipality"], properties["municipality_code"]) in most,
                    f"{where} municipality: said {properties['municipality']}, most live in {sorted(map(str, most))}")


# ---------------------------------------------------------------- candidates

CLOSING = (
    "people_nearest", "extra_person_km_if_closed", "extra_person_min_if_closed", "people_left_without_if_closed",
)


def check_closures(run, trips):
    """What the closing of each store does; gives the extra travel in the measure, and who is left without, by store."""
    report, topic, people = run.report, "closures", run.people
    extra, left = {}, {}
    for site, feature in enumerate(run.candidates["features"]):
        said, store = feature["properties"], run.sites[site][0]
        where = f"{said['id']} {said['name']}"
        has_left = "people_left_without_if_closed" in said
        if not has_left and not run.said.allow_missing_left_without:
            report.true(topic, False, f"{where}: no people_left_without_if_closed")
        if store is None:
            for name in CLOSING:
                report.same(topic, f"{where} {name}", said.get(name), None)
            continue
        mine = trips.which[:, 0] == store
        other = mine & (trips.which[:, 1] >= 0)
        left[site] = people[mine & ~other].sum()
        report.near(topic, f"{where} people_nearest", said["people_nearest"], people[mine].sum(), 1e-6)
        if has_left:
            report.near(
                topic, f"{where} people_left_without_if_closed", said["people_left_without_if_closed"], left[site], 1e-6,
            )
        for unit, member, scale, err in UNITS:
            if unit == "min" and not run.has_minutes():
                continue
            values = getattr(trips, member)
            own = ((values[other, 1] - values[other, 0]) * people[other]).sum() / scale
            doubt = 2 * getattr(trips.source, err) * people[other].sum() / scale
            report.near(topic, f"{where} extra_person_{unit}_if_closed", said.get(f"extra_person_{unit}_if_closed"), own,
                        doubt + (0.05 if unit == "km" else 0.5))
            if unit == run.unit:
                extra[site] = (own, doubt)
    pairs = [(run.candidates["features"][s]["properties"]["name"], n) for s, n in left.items() if n]
    if pairs:
        report.note(
            "left without any store if it closes: " + ", ".join(f"{name} {number:g}" for name, number in pairs[:5])
        )
    return extra, left


def check_candidates(run, trips, beyond):
    """Nearest services, people within, SOT gap people, hosts, M5 and verdict; gives own values for the factors."""
    report, topic, people, values = run.report, "candidates", run.people, {}
    radii = run.assumed["people_times_min" if run.measure == "time" else "people_radii_km"]
    lines = StraightLines(run)
    verdicts = {}
    for site, feature in enumerate(run.candidates["features"]):
        said, store = feature["properties"], run.sites[site][0]
        where = f"{said['id']} {said['name']}"
        own = values[site] = {}
        report.same(topic, f"{where} type", said["type"], "candidate")
        report.same(topic, f"{where} host_store", said["host_store"], "not_in_data" if store is None else "in_data")
        verdicts[said["verdict"]] = verdicts.get(said["verdict"], 0) + 1
        check_rules(run, site, said, where, lines)
        for kind in KINDS:
            check_nearest(run, site, kind, said, where, own, lines)
        engine = run.engine
        if engine is None or not engine.knows_site(site) or math.isnan(engine.source.err_m):
            for radius in radii:
                report.true(
                    topic, f"people_within_{radius:g}_{run.unit}" in said,
                    f"{where}: no people_within_{radius:g}_{run.unit}",
                )
                if radius * run.scale == run.limit:
                    own["people_within"] = (said.get(f"people_within_{radius:g}_{run.unit}"),) * 2
            continue
        main = engine.to_site(site)[1 if run.measure == "time" else 0]
        for radius in radii:
            name = f"people_within_{radius:g}_{run.unit}"
            low, high = (people[mask].sum() for mask in engine.source.within(main, run.measure, radius * run.scale))
            report.between(topic, f"{where} {name}", said.get(name), low, high)
        low, high = engine.source.within(main, run.measure, run.limit)
        own["people_within"] = people[low].sum(), people[high].sum()
        has_sot = any(layer["role"] == "sot" for layer in run.summary["layers"])
        if not has_sot:
            report.same(topic, f"{where} sot_gap_people", said["sot_gap_people"], None)
        else:
            gap = beyond.get("sot", np.ones(len(people), bool))
            report.between(
                topic, f"{where} sot_gap_people", said["sot_gap_people"], people[low & gap].sum(),
                people[high & gap].sum(),
            )
    report.same(topic, "verdicts of summary.json", {k: v for k, v in run.summary["candidates"].items() if v}, verdicts)
    check_hosts(run)
    return values


def check_nearest(run, site, kind, said, where, own, lines):
    report, topic, store = run.report, "candidates", run.sites[site][0]
    key = said[f"nearest_{kind}_id"]
    if kind not in run.kinds:
        report.same(topic, f"{where} nearest_{kind}", (said[f"nearest_{kind}_km"], key), (None, None))
        return
    if not run.services_placed(kind) or np.isnan(run.sites[site][1]).any():
        return
    services = run.services[kind]
    numbers = {s.key: i for i, s in enumerate(services)}
    skip = store if kind == "grocery" else None
    allowed = np.arange(len(services)) != (-1 if skip is None else skip)
    straight = np.hypot(*(lines.places(kind) - run.sites[site][1]).T)
    engine = run.engine
    knows = engine is not None and not math.isnan(engine.source.err_m) and (
        run.straight or (store is not None and kind in getattr(engine, "stores", {}))
    )
    if key is None:
        if knows and allowed.any():
            reached = ~np.isnan(engine.from_site(site, kind)[0]) & allowed
            report.true(topic, not reached.any(), f"{where} nearest_{kind}: none is written, there is one")
        return
    is_other = key in numbers and numbers[key] != skip
    if not report.true(topic, is_other, f"{where} nearest_{kind}_id: {key!r} is none of the services, or itself"):
        return
    number = numbers[key]
    service = services[number]
    if service.name is not None:
        report.same(topic, f"{where} nearest_{kind}_name", said[f"nearest_{kind}_name"], str(service.name))
    report.near(topic, f"{where} nearest_{kind}_straight_km", said[f"nearest_{kind}_straight_km"], straight[number] / 1000,
                (0.5 + run.said.slack) / 1000)
    own[f"{kind}_straight"] = straight[allowed].min()
    if not knows:
        if said.get(f"nearest_{kind}_{run.unit}") is not None:
            half = 0.0005 if run.unit == "km" else 0.005
            own[kind] = (said[f"nearest_{kind}_{run.unit}"], half)
        return
    metres, seconds = engine.from_site(site, kind)
    main, source = seconds if run.measure == "time" else metres, engine.source
    err = source.err(run.measure)
    best = np.nanmin(np.where(allowed, main, np.nan))
    report.near(topic, f"{where} nearest_{kind}: {key} is not the nearest", main[number], best, 2 * err + PERHAPS)
    report.near(
        topic, f"{where} nearest_{kind}_km", said[f"nearest_{kind}_km"], metres[number] / 1000,
        (0.5 + source.err_m + PERHAPS) / 1000,
    )
    if run.has_minutes():
        report.near(
            topic, f"{where} nearest_{kind}_min", said.get(f"nearest_{kind}_min"), seconds[number] / 60,
            (0.3 + source.err_s + PERHAPS) / 60,
        )
    if source.is_exact:
        apart = source.in_metres(main, run.measure)
        equal = np.flatnonzero(allowed & (apart <= apart[allowed].min() + SAME))
        report.true(
            topic, number <= equal[0],
            f"{where} nearest_{kind}: of equals {key} is named, {services[equal[0]].key} stands first",
        )
    own[kind] = (main[number] / run.scale, err / run.scale)


def check_rules(run, site, said, where, lines):
    """M5 from positions; lists and verdict from the outcomes of all nine."""
    report, topic = run.report, "candidates"
    rules = {name: rule["outcome"] for name, rule in said["rules"].items()}
    report.same(topic, f"{where} rules", sorted(rules), [f"M{n}" for n in range(1, 10)])
    pick = lambda *outcomes: [name for name, outcome in rules.items() if outcome in outcomes]
    report.same(topic, f"{where} missing", said["missing"], pick("not_met", "unknown"))
    report.same(topic, f"{where} not_met", said["not_met"], pick("not_met"))
    report.same(topic, f"{where} unknown", said["unknown"], pick("unknown"))
    first = [rules.get(f"M{n}") for n in range(1, 6)]
    if "not_met" in (rules.get("M1"), rules.get("M4")):
        verdict = "not_possible_today"
    elif "not_met" in first:
        verdict = "not_yet"
    elif set(rules.values()) == {"met"}:
        verdict = "meets_minimum_level"
    else:
        verdict = "potential" if set(first) == {"met"} else "cannot_be_judged_yet"
    report.same(topic, f"{where} verdict", said["verdict"], verdict)
    rule = said["rules"]["M5"]
    if run.sites[site][0] is None or "fuel" not in run.kinds:
        report.same(topic, f"{where} M5", rule["outcome"], "unknown")
    elif run.services_placed("fuel") and run.services["fuel"] and not np.isnan(run.sites[site][1]).any():
        apart = np.hypot(*(lines.places("fuel") - run.sites[site][1]).T).min()
        near, far = run.assumed["fuel_near_m"], run.assumed["fuel_far_m"]
        doubts = (-SAME,) if min(abs(apart - near), abs(apart - far)) < SAME else (-run.said.slack, run.said.slack)
        allowed = {
            ("not_met", False) if apart + doubt > far else ("met", bool(apart + doubt > near))
            for doubt in doubts
        }
        report.true(
            topic, (rule["outcome"], rule["remark"]) in allowed,
            f"{where} M5: said {rule['outcome']}, remark {rule['remark']}; fuel at {apart:.3f} m",
        )


def check_hosts(run):
    """Which store hosts which SOT place: the nearest within reach, each store the first of its places."""
    report, topic = run.report, "hosts"
    features = [f["properties"] for f in run.candidates["features"]]
    if not all(run.services_placed(kind) for kind in ("grocery",)) or any(
        layer["role"] == "sot" and layer["layer"] not in run.layers for layer in run.summary["layers"]
    ):
        return
    stores = run.services["grocery"]
    places = np.array([s.place for s in stores]).reshape(-1, 2)
    hosted, alone = {}, []
    for key, (properties, place) in run.sots.items():
        apart = np.hypot(*(places - place).T) if len(places) else np.array([np.inf])
        store = int(apart.argmin())
        if apart[store] <= run.assumed["host_within_m"] + SAME and store not in hosted:
            hosted[store] = properties
        else:
            alone.append(key)
    report.same(topic, "candidates in order", [f["id"] for f in features], [s.key for s in stores] + alone)
    for site, said in enumerate(features):
        store = run.sites[site][0]
        properties = hosted.get(store) if store is not None else run.sots.get(said["id"], (None,))[0]
        expected = (
            (column(properties, NAME_COLUMNS), status_of(properties), column(properties, ("status_date", "statusdatum", "datum")),
             column(properties, ("in_favour_of", "till_forman_for")))
            if properties else (None,) * 4
        )
        report.same(
            topic, f"{said['id']} SOT place",
            tuple(said[n] for n in ("sot_name", "status", "status_date", "in_favour_of")), expected,
        )


# ---------------------------------------------------------------- factors and ranking

def ends_of(function):
    found = re.fullmatch(r"linear worst=(\S+) best=(\S+)", function or "")
    return (float(found[1]), float(found[2])) if found else None


def digits_of(text):
    """Half of the last digit of a number as written."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2]) if text else 0.0


def recorded_values(run, site):
    """Factors that the data of the store or its SOT place state, with every value that is stated."""
    said, store = run.candidates["features"][site]["properties"], run.sites[site][0]
    sources = [] if store is None else [run.services["grocery"][store].properties]
    sources += [p for p, _ in run.sots.values() if said["sot_name"] and column(p, NAME_COLUMNS) == said["sot_name"]]
    out = {}
    for factor, names in RECORDED.items():
        for properties in sources:
            value = column(properties, names)
            if value is None:
                continue
            word = spelled(value)
            try:
                out.setdefault(factor, set()).add(
                    WORDS[word] if word in WORDS and factor not in (
                        "containers", "power_need", "town", "civil_society", "readiness"
                    )
                    else number_of(value)
                )
            except ValueError:
                pass
    return out


def own_factors(run, site, near, extra, left):
    """Own values of the computed factors, as (low, high) in the unit written; `None` means that there is none."""
    said, store = run.candidates["features"][site]["properties"], run.sites[site][0]
    around = lambda value, doubt: (value - doubt, value + doubt)
    out = {}
    if "people_within" in near:
        out["people_within"] = near["people_within"]
    gap = said["sot_gap_people"]
    out["gap_people"] = None if gap is None else (gap, gap)
    if store is None or site not in extra:
        out["extra_travel"] = None
    elif not left.get(site):
        out["extra_travel"] = around(*extra[site])
    for kind in ("rescue", "sot"):
        if kind not in run.kinds or said[f"nearest_{kind}_id"] is None:
            out[kind] = None
        elif kind in near:
            out[kind] = around(*near[kind])
    if "fuel" not in run.kinds:
        out["fuel"] = None
    elif "fuel_straight" in near:
        out["fuel"] = around(near["fuel_straight"] / 1000, run.said.slack / 1000)
    if not all(kind in run.kinds for kind in COMMERCIAL):
        out["kinds"] = None
    elif all(f"{kind}_straight" in near for kind in COMMERCIAL[1:]):
        low, high = (
            sum(near[f"{kind}_straight"] <= run.assumed["host_within_m"] + edge for kind in COMMERCIAL[1:]) + (
                store is not None
            )
            for edge in (SAME, run.said.slack)
        )
        out["kinds"] = (low, high)
    towns = town_places(run)
    if towns is not None and len(towns) == 0:
        out["town"] = None
    elif towns is not None and run.straight and not np.isnan(run.sites[site][1]).any():
        apart = np.hypot(*(towns - run.sites[site][1]).T).min() * run.detour / 1000
        out["town"] = around(apart, run.said.slack / 1000)
    return out


def town_places(run):
    """Places of towns in background layers; `None` where not every layer is known here."""
    if not hasattr(run, "towns"):
        run.towns = [] if run.inputs_known else None
        for layer in run.layers.values() if run.inputs_known else ():
            if layer.said["role"] == "context":
                for (_, _, properties, _), place in zip(layer.features, layer.places()):
                    value = column(
                        properties, ("population", "pop", "folkmangd", "folkmängd", "befolkning", "invanare", "invånare"),
                    )
                    if value is not None and column(properties, NAME_COLUMNS) and number_of(value) >= TOWN_PEOPLE:
                        run.towns.append(place)
        run.towns = None if run.towns is None else np.array(run.towns).reshape(-1, 2)
    return run.towns


def check_factors(run, near, extra, left):
    """Values, flags, ends and worths; gives the table of places × factors that the ranking is made of."""
    report, topic = run.report, "factors"
    sites = {f["properties"]["id"]: i for i, f in enumerate(run.candidates["features"])}
    factors = [f["factor"] for f in run.summary["ranking"]["factors"]]
    rows = {(row["id"], row["factor"]): row for row in run.factors}
    report.same(topic, "rows", len(run.factors), len(rows))
    report.same(topic, "places", {key for key, _ in rows}, set(sites))
    values = {}
    for (key, factor), row in rows.items():
        site = sites.get(key)
        if site is None:
            continue
        said = run.candidates["features"][site]["properties"]
        where = f"{key} {factor}"
        report.same(
            topic, f"{where} name", (row["name"], row["municipality"]), (said["name"], said["municipality"] or ""),
        )
        value, half = figure(row["value"]), digits_of(row["value"])
        unit = {"extra_travel": f"person-{run.unit}", "rescue": run.unit, "sot": run.unit, **UNIT_OF}.get(factor, "")
        report.same(topic, f"{where} unit", row["unit"], unit)
        report.true(topic, row["missing"] in MISSING, f"{where}: missing {row['missing']!r} is not documented")
        report.true(topic, row["flagged"] in ("yes", "no") and row["source"] in ("computed", "recorded", "") and
                    row["compared"] in ("yes", "no"), f"{where}: flagged, source or compared has no known word")
        report.true(topic, (value is None) == bool(row["missing"]) or (factor == "extra_travel" and left.get(site)),
                    f"{where}: value {row['value']!r} and missing {row['missing']!r}")
        recorded = recorded_values(run, site).get(factor)
        if row["source"] == "recorded" or factor in RECORDED and factor != "town":
            if run.inputs_known:
                report.true(
                    topic, value in recorded if recorded else value is None, f"{where}: said {value}, recorded {recorded}",
                )
            values[key, factor] = (value, value) if value is not None else None
            continue
        own = own_factors(run, site, near[site], extra, left).get(factor, "unknown")
        if factor == "extra_travel" and left.get(site):
            is_told = row["missing"] == "left_without" or figure(row["worth"]) == 1 or row["compared"] == "no"
            holds = is_told and value != 0
            report.true(topic, holds, f"{where}: {left[site]:g} people are left without a store, yet value {row['value']!r}, "
                        f"missing {row['missing']!r}, worth {row['worth']!r}")
            values[key, factor] = None if value is None else (value - half, value + half)
        elif own == "unknown":
            values[key, factor] = None if value is None else (value - half, value + half)
        elif own is None:
            report.same(topic, f"{where} value", value, None)
            values[key, factor] = None
        else:
            report.between(topic, where, value, own[0] - half, own[1] + half)
            # Each may know it better than the other; a difference is told once, and what follows goes by what is written.
            both = (own[0], own[1]) if value is None else (max(own[0], value - half), min(own[1], value + half))
            values[key, factor] = both if both[0] <= both[1] else (value - half, value + half)
    check_flags(run, rows, values)
    keys = [feature["properties"]["id"] for feature in run.candidates["features"]]
    compared = [key for key in keys if rows[key, factors[0]]["compared"] == "yes"]
    check_worths(run, rows, values, factors, compared, sites, left)
    return rows, factors, compared, values, any(left.values())


def check_flags(run, rows, values):
    limits_of = {}
    for (_, factor), row in rows.items():
        limits_of.setdefault(factor, set()).add((row["limit"], row["direction"]))
    for factor, found in limits_of.items():
        run.report.true("factors", len(found) == 1, f"{factor}: several limits or directions: {sorted(found)}")
    for (key, factor), row in rows.items():
        value, limit, half = figure(row["value"]), figure(row["limit"]), digits_of(row["value"])
        own = values.get((key, factor)) or (None if value is None else (value - half, value + half))
        if own is None or row["direction"] == "flag only":
            continue
        limits = [] if limit is None else [limit]
        if factor == "fuel":
            limits.append(run.assumed["fuel_far_m"] / 1000)
        edge = 1e-6 if factor in ("fuel", "town", "rescue", "sot") else 0.0
        more = row["direction"].startswith("more")
        answers = {any(v < at - edge if more else v > at + edge for at in limits) for v in own}
        run.report.true(
            "factors", (row["flagged"] == "yes") in answers,
            f"{key} {factor}: flagged {row['flagged']}, value {row['value']}, limit {row['limit']}",
        )


def check_worths(run, rows, values, factors, compared, sites, left):
    report, topic = run.report, "factors"
    said = {f["factor"]: f for f in run.summary["ranking"]["factors"]}
    for factor in factors:
        mine = [rows[key, factor] for key in compared]
        report.true(
            topic, {r["function"] for r in mine} <= {said[factor]["function"]},
            f"{factor}: function differs from summary.json",
        )
        report.true(
            topic, {r["missing_rule"] for r in mine} <= {said[factor]["missing"]},
            f"{factor}: missing_rule differs from summary.json",
        )
        report.true(
            topic, all(abs(figure(r["weight"]) - said[factor]["weight"]) < 6e-10 for r in mine),
            f"{factor}: weight differs from summary.json",
        )
        ends = ends_of(said[factor]["function"])
        if ends is None:
            continue
        worst, best = ends
        hair = SAME / 1000 if factor in ("extra_travel", "fuel", "rescue", "town", "sot") else 0.0
        plain = [key for key in compared if not (factor == "extra_travel" and left.get(sites[key]))]
        known = np.array([values[key, factor] for key in plain if values.get((key, factor)) is not None]).reshape(-1, 2)
        if len(known) and len(plain) == len(compared):
            low, high = known.min(0), known.max(0)
            a, b = (low, high) if mine[0]["direction"].startswith("more") else (high, low)
            report.between(topic, f"{factor} worst of {said[factor]['function']}", worst, a[0] - 1e-6, a[1] + 1e-6)
            report.between(topic, f"{factor} best of {said[factor]['function']}", best, b[0] - 1e-6, b[1] + 1e-6)
        elif len(known):  # who leaves people without a store may be an end or not, but is never the worst of all
            more = mine[0]["direction"].startswith("more")
            report.true(
                topic, not more or worst >= known[:, 0].min() - 1e-6,
                f"{factor}: worst {worst} is below every known value",
            )
        for key in compared:
            worth, own = figure(rows[key, factor]["worth"]), values.get((key, factor))
            if factor == "extra_travel" and left.get(sites[key]):
                continue
            if own is None:
                expected = {"leave_out": None, "worst": 0.0, "neutral": 0.5}[said[factor]["missing"]]
                report.near(topic, f"{key} {factor} worth", worth, expected, 1e-9)
            elif abs(worst - best) <= hair:  # equal ends tell no place from another
                report.near(topic, f"{key} {factor} worth, all being equal", worth, 0.5, 1e-9)
            else:
                a, b = sorted(min(1.0, max(0.0, (v - worst) / (best - worst))) for v in own)
                report.between(topic, f"{key} {factor} worth", worth, a - 2e-9, b + 2e-9)
    report.near(topic, "sum of weights", sum(f["weight"] for f in said.values()), 1.0, 1e-9)


def check_ranking(run, rows, factors, compared, values, any_left):
    report, topic = run.report, "ranking"
    weights = np.array([f["weight"] for f in run.summary["ranking"]["factors"]])
    worth = np.array(
        [[figure(rows[key, f]["worth"]) if rows[key, f]["worth"] else np.nan for f in factors] for key in compared]
    )
    worth = worth.reshape(len(compared), len(factors))
    known = ~np.isnan(worth)
    valued = np.array([[bool(rows[key, f]["value"]) for f in factors] for key in compared]).reshape(worth.shape)
    left_without = [any(rows[key, f]["missing"] == "left_without" for f in factors) for key in compared]
    total = (known * weights).sum(1)
    used = np.divide(known * weights, total[:, None], out=np.zeros_like(worth), where=total[:, None] > 0)
    parts = used * np.nan_to_num(worth)
    score = np.where(total > 0, parts.sum(1), np.nan)
    for i, key in enumerate(compared):
        for j, factor in enumerate(factors):
            row = rows[key, factor]
            report.near(topic, f"{key} {factor} weight_used", figure(row["weight_used"]), used[i, j], 2e-9)
            report.near(topic, f"{key} {factor} contribution", figure(row["contribution"]), parts[i, j], 2e-9)
    table = {row["id"]: row for row in run.ranking}
    report.same(topic, "places", sorted(table), sorted(f["properties"]["id"] for f in run.candidates["features"]))
    best_first = [row["id"] for row in run.ranking if not row["left_out"]]
    report.same(topic, "compared", sorted(best_first), sorted(compared))
    report.same(
        topic, "left out come last", [bool(r["left_out"]) for r in run.ranking],
        sorted(bool(r["left_out"]) for r in run.ranking),
    )
    said_score = [figure(table[key]["score"]) for key in best_first]
    numbers = [s for s in said_score if s is not None]
    report.true(topic, numbers == sorted(numbers, reverse=True), "rows are not in the order of their scores")
    for i, key in enumerate(compared):
        row = table[key]
        report.near(topic, f"{key} score", figure(row["score"]), score[i], 1.5e-9)
        low, high = (valued[i] * weights).sum(), ((valued[i] | known[i]) * weights).sum()
        report.between(
            topic, f"{key} known_weight", figure(row["known_weight"]), low - 6e-7,
            (high if left_without[i] else low) + 6e-7,
        )
        if not math.isnan(score[i]):
            others = np.delete(score, i)
            ahead = lambda hair: 1 + (others > score[i] + hair).sum()
            report.between(topic, f"{key} rank", figure(row["rank"]), ahead(2e-9), ahead(-2e-9))
        for j, factor in enumerate(factors):
            if weights[j] > 0:
                report.near(
                    topic, f"{key} {factor}_contribution", figure(row[f"{factor}_contribution"]), parts[i, j], 2e-9,
                )
    for feature in run.candidates["features"]:
        said, row = feature["properties"], table[feature["properties"]["id"]]
        report.same(topic, f"{said['id']} name, municipality, verdict", (row["name"], row["municipality"], row["verdict"]),
                    (said["name"], said["municipality"] or "", said["verdict"]))
        report.same(topic, f"{said['id']} left out or compared", bool(row["left_out"]), said["id"] not in compared)
    check_left_out(run, table)
    if len(compared) and np.isfinite(score).any():
        if not any_left:  # how TOPSIS reads them is not said
            check_topsis(run, rows, factors, compared, weights, values, table)
        check_shares(run, compared, np.nan_to_num(worth), known, weights, table)
        check_swap(run, factors, compared, worth, known, weights, best_first)
    for said in run.summary["ranking"]["first"]:
        row = table[said["id"]]
        where = f"first of summary.json: {said['id']}"
        report.same(
            topic, where, (said["rank"], said["name"], said["topsis_rank"]),
            (int(row["rank"]), row["name"], int(row["topsis_rank"])),
        )
        report.near(topic, f"{where} score", said["score"], figure(row["score"]), 1e-9)
        report.near(topic, f"{where} share_first", said["share_first"], figure(row["share_first"]), 1e-4)
    said = [s["id"] for s in run.summary["ranking"]["first"]]
    ties = [key for key in best_first if table[key]["rank"] and int(table[key]["rank"]) <= 3]  # with equals, or without
    report.true(topic, said in (ties, best_first[:3]), f"first of summary.json: said {said}, is {ties}")


def check_left_out(run, table):
    report, topic, counts = run.report, "ranking", {}
    if run.summary["ranking"]["scope"] != "all":
        return
    for feature in run.candidates["features"]:
        said = feature["properties"]
        reason = table[said["id"]]["left_out"]
        allowed = {"in_place"} if said["status"] in SERVING else {"paused_or_closed"} if said["status"] in ENDED else set()
        allowed |= {"not_possible_today"} if said["verdict"] == "not_possible_today" else set()
        report.true(topic, reason in (allowed or {""}), f"{said['id']} left_out: said {reason!r}, is {sorted(allowed)}")
        if reason:
            counts[reason] = counts.get(reason, 0) + 1
    report.same(
        topic, "left_out of summary.json", {k: v for k, v in run.summary["ranking"]["left_out"].items() if v}, counts
    )
    report.same(
        topic, "compared of summary.json", run.summary["ranking"]["compared"],
        sum(not row["left_out"] for row in table.values()),
    )


def check_topsis(run, rows, factors, compared, weights, values, table):
    """Hwang and Yoon's closeness on the readings; where one is missing the others share its weight."""
    report, topic = run.report, "TOPSIS"
    if any(not (f["function"] or "").startswith(("linear", "step")) for f in run.summary["ranking"]["factors"]):
        return
    reading, half = np.full((2, len(compared), len(factors)), np.nan)
    for i, key in enumerate(compared):
        for j, factor in enumerate(factors):
            own = values.get((key, factor))
            if own is not None:
                reading[i, j], half[i, j] = (own[0] + own[1]) / 2, (own[1] - own[0]) / 2
    known = ~np.isnan(reading)
    filled = np.nan_to_num(reading)
    length = np.sqrt((filled ** 2).sum(0))
    scaled = np.divide(filled, length, out=np.zeros_like(filled), where=length > 0)
    more = np.array([rows[compared[0], f]["direction"].startswith("more") for f in factors])
    low = np.where(known, scaled, np.inf).min(0)
    high = np.where(known, scaled, -np.inf).max(0)
    ideal, anti = np.where(more, high, low), np.where(more, low, high)
    total = (known * weights).sum(1)
    share = np.divide(known * weights, total[:, None], out=np.zeros_like(filled), where=total[:, None] > 0)
    to = lambda end: np.sqrt((np.where(known, share * (scaled - np.where(np.isfinite(end), end, 0)), 0) ** 2).sum(1))
    to_best, to_worst = to(ideal), to(anti)
    span = to_best + to_worst
    closeness = np.divide(to_worst, span, out=np.full(len(span), 0.5), where=span > 0)
    # How far readings known to some digits only may move a distance: their own error, that of an end and of the length.
    error = np.divide(np.nan_to_num(half), length, out=np.zeros_like(filled), where=length > 0)
    moved = np.sqrt(((share * (error + 2 * error.max(0))) ** 2).sum(1))
    doubt = 2e-9 + np.divide(2 * moved, span, out=np.zeros_like(span), where=span > 0)
    for i, key in enumerate(compared):
        if total[i] <= 0:
            report.same(topic, f"{key} topsis", figure(table[key]["topsis"]), None)
            continue
        if span[i] < 1e-7:  # all readings are equal: nearness has no meaning
            continue
        report.near(topic, f"{key} topsis", figure(table[key]["topsis"]), closeness[i], doubt[i])
        others = (total > 0) & (np.arange(len(total)) != i)
        ahead = lambda sign: 1 + (others & (closeness > closeness[i] + sign * (doubt + doubt[i]))).sum()
        report.between(topic, f"{key} topsis_rank", figure(table[key]["topsis_rank"]), ahead(1), ahead(-1))


def check_shares(run, compared, worth, known, weights, table):
    """How often a place leads under random weights: other draws must give about the same."""
    report, topic = run.report, "weightings"
    drawn = np.random.default_rng(7946).exponential(size=(10_000, len(weights))) * (weights > 0)
    drawn /= drawn.sum(1, keepdims=True)
    total = drawn @ known.T.astype(float)
    score = np.divide(drawn @ (worth * known).T, total, out=np.full(total.shape, -1.0), where=total > 1e-15)
    order = -np.sort(-score, axis=1)
    hair = 4e-9  # worths have nine decimals here: who is as good as the last that counts may count or not
    for name, last in (("share_first", 0), ("share_among_three", min(2, len(compared) - 1))):
        high = (score >= order[:, [last]] - hair).mean(0)
        low = (score > order[:, [last + 1]] + hair).mean(0) if len(compared) > last + 1 else high
        for i, key in enumerate(compared):
            if figure(table[key]["score"]) is not None:
                report.between(topic, f"{key} {name}", figure(table[key][name]), low[i] - 0.035, high[i] + 0.035)


def check_swap(run, factors, compared, worth, known, weights, best_first):
    """The smallest change of one weight, the others in proportion, at which the first two are equal."""
    report, topic, said = run.report, "smallest swap", run.summary["ranking"]["smallest_swap"]
    ranked = [compared.index(key) for key in best_first[:2]]
    if len(ranked) < 2:
        report.same(topic, "with fewer than two places", said, None)
        return
    filled, best = np.nan_to_num(worth), None
    whole = [(weights * known[i] * filled[i]).sum() / (weights * known[i]).sum() for i in ranked]
    if abs(whole[0] - whole[1]) <= 2e-9:
        report.true(topic, said is not None, "equal scores, and nothing is said")
        return
    for j, weight in enumerate(weights):
        if weight <= 0 or weight >= 1:
            continue
        # At weight t: (t·w·k + (1−t)·a) / (t·k + (1−t)·b); equal for both where a quadratic in t is 0.
        polynomial = []
        for i in ranked:
            rest = np.delete(weights / (1 - weight), j)
            a, b = (rest * np.delete(known[i] * filled[i], j)).sum(), (rest * np.delete(known[i], j)).sum()
            polynomial.append((np.poly1d([filled[i, j] * known[i, j] - a, a]), np.poly1d([known[i, j] - b, b])))
        (n1, d1), (n2, d2) = polynomial
        for root in (n1 * d2 - n2 * d1).roots:
            t = float(root.real)
            beyond = t + math.copysign(1e-7, t - weight)  # where the second has to lead
            if abs(root.imag) < 1e-12 and 0 <= beyond <= 1 and min(d1(t), d2(t), d1(beyond), d2(beyond)) > 1e-9:
                if n2(beyond) / d2(beyond) > n1(beyond) / d1(beyond) and (best is None or abs(t - weight) < best[0]):
                    best = (abs(t - weight), j, t)
    if best is None:
        report.same(topic, "none", said, "no_single_weight")
    elif report.true(topic, isinstance(said, dict), f"said {said!r}, is {factors[best[1]]} to {best[2]:.6f}"):
        report.same(topic, "factor", said["factor"], factors[best[1]])
        report.near(topic, "weight_to", said["weight_to"], best[2], 1e-6)
        report.near(topic, "weight_from", said["weight_from"], weights[best[1]], 1e-9)


# ---------------------------------------------------------------- all together

def check(folder, said, title, binary=None, roads=None):
    """Checks a folder of results. A part that cannot be read as documented is a difference, and the others go on."""
    report = Report(title)
    trips, beyond, near, closing = {}, {}, {}, ({}, {})

    def attempt(what, function, *arguments):
        try:
            return function(*arguments)
        except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
            at = error.__traceback__
            while at.tb_next is not None:
                at = at.tb_next
            report.differ(
                "not as documented", f"{what}: {type(error).__name__} {error} (line {at.tb_lineno} of this script)",
            )
            return None

    run = attempt("reading", Run, folder, said, report)
    if run is None:
        return report
    for name, root in (("demand", run.demand), ("candidates", run.candidates), ("gaps", run.gaps)):
        attempt(f"{name}.geojson", check_geojson, report, name, root, run.summary)
    attempt("inputs", check_inputs, run)
    if run.straight:
        run.engine = StraightLines(run)
    elif binary and roads:
        run.engine = RoadTables(run, binary, roads)
    pairs = touching(run) if not np.isnan(run.cell_places).any() else None
    for kind in run.kinds:
        written = attempt(f"{kind} of demand.geojson", written_trips, run, kind)
        trips[kind] = written and attempt(f"{kind} of demand.geojson", check_cells, run, kind, written)
        if trips[kind] is None:
            return report
        beyond[kind] = side_of_limit(run, kind, trips[kind])
        attempt(f"{kind} of summary.json", check_summary, run, kind, trips[kind], beyond[kind])
        if pairs is not None:
            attempt(f"{kind} of gaps.geojson", check_gaps, run, kind, trips[kind], beyond[kind], pairs)
    attempt("areas.csv", check_areas, run, trips, beyond)
    near = attempt("candidates.geojson", check_candidates, run, trips, beyond)
    if "grocery" in trips:
        closing = attempt("closures", check_closures, run, trips["grocery"])
    if near is not None and closing is not None:
        found = attempt("factors.csv", check_factors, run, near, *closing)
        if found is not None:
            attempt("ranking.csv", check_ranking, run, *found)
    sources = {
        kind: "demand.geojson as written" if run.engine is None or trip.source is not run.engine.source else run.engine.words
        for kind, trip in trips.items()
    }
    for words in sorted(set(sources.values())):
        report.note(f"lengths by {words}: {', '.join(kind for kind in run.kinds if sources[kind] == words)}")
    return report


def cases(shared, demo_data):
    """The analyses of `--run`: title, arguments, roads."""
    county, island = pathlib.Path(shared) / "jamtland", pathlib.Path(shared) / "gotland"
    of = lambda folder, **files: [part for flag, name in files.items() for part in (f"--{flag}", folder / name)]
    jamtland = of(
        county, population="befolkning_1km_2024_rutor.geojson", grocery="livsmedelsbutiker.geojson", fuel="drivmedel.geojson",
        pharmacy="apotek_kedjor.geojson", payment="kontant_bank.geojson", areas="kommuner.geojson",
    )
    gotland = of(island, population="befolkning_1km_2024.geojson", grocery="grocery.geojson", fuel="fuel.geojson")
    demo = of(
        pathlib.Path(demo_data), population="population.geojson", areas="municipalities.geojson",
        **{kind: f"{kind}.geojson" for kind in KINDS},
    )
    roads = county / "vagnat_syntetiskt.osm.pbf"
    real = island / "nvdb_gotland_2024-01-01.gpkg"
    return [
        ("demo", ["--demo"], None),
        ("demo-road-time", [*demo, "--roads", roads, "--cost", "time", "--threshold", "20min"], roads),
        ("jamtland-straight", jamtland, None),
        ("jamtland-straight-minutes", [*jamtland, "--threshold", "20min"], None),
        ("jamtland-road-time", [*jamtland, "--roads", roads, "--cost", "time", "--threshold", "20min"], roads),
        ("jamtland-road-distance", [*jamtland, "--roads", roads, "--cost", "distance"], roads),
        ("gotland-straight", gotland, None),
        ("gotland-road-time", [*gotland, "--roads", real, "--cost", "time", "--threshold", "20min"], real),
        ("gotland-road-distance", [*gotland, "--roads", real, "--cost", "distance"], real),
    ]


def run_cases(said, folder):
    passed = True
    for title, arguments, roads in cases(said.shared, said.demo_data):
        if said.only and title not in said.only:
            continue
        out, started = folder / title, time.perf_counter()
        done = subprocess.run([said.run, "analyse", *arguments, "--out", out], capture_output=True, text=True)
        analysed = time.perf_counter()
        if done.returncode:
            print(f"{title}: sotplan ended with {done.returncode}\n{done.stderr}")
            passed = False
            continue
        report = check(out, said, title, said.run, [roads] if roads else None)
        report.note(f"{analysed - started:.2f} s to analyse, {time.perf_counter() - analysed:.2f} s to check")
        passed = report.print(said.most) and passed
    return passed


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("out", nargs="?", metavar="OUT", help="a folder that `sotplan analyse --out` has written")
    arguments.add_argument("--base", default=".", help="the folder that the paths in summary.json start from")
    arguments.add_argument("--demo-data", default=PROJECT / "data" / "jamtland", help="the files of the embedded demo")
    arguments.add_argument(
        "--sotplan", metavar="BINARY", help="with --roads: check trips by road against its table of all pairs",
    )
    arguments.add_argument(
        "--roads", metavar="FILE", action="append", help="the road file of the analysis; several can be said",
    )
    arguments.add_argument("--run", metavar="BINARY", help="make the analyses with this program and check each")
    arguments.add_argument("--shared", metavar="DATA", help="with --run: the folder of jamtland/ and gotland/")
    arguments.add_argument("--only", action="append", help="with --run: this case only; several can be said")
    arguments.add_argument("--keep", metavar="FOLDER", help="with --run: leave the results here")
    arguments.add_argument(
        "--slack", type=float, default=0.002, help="metres that two projection programs may differ by",
    )
    arguments.add_argument("--allow-missing-left-without", action="store_true",
                           help="pass results of versions without people_left_without_if_closed")
    arguments.add_argument(
        "--all", dest="most", action="store_const", const=10**9, default=12, help="list every difference",
    )
    said = arguments.parse_args()
    if bool(said.out) == bool(said.run) or bool(said.run) != bool(said.shared):
        arguments.error("say OUT, or --run BINARY --shared DATA")
    try:
        if said.out:
            passed = check(said.out, said, said.out, said.sotplan, said.roads).print(said.most)
        elif said.keep:
            passed = run_cases(said, pathlib.Path(said.keep))
        else:
            with tempfile.TemporaryDirectory() as folder:
                passed = run_cases(said, pathlib.Path(folder))
    except (OSError, json.JSONDecodeError, subprocess.CalledProcessError) as error:
        print(f"cannot be checked: {error}", file=sys.stderr)
        sys.exit(2)
    print("all equal" if passed else "NOT equal")
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
