"""Where do Sotplan's drives differ from OSRM's or Valhalla's, on real roads, and why?

    python roads_compare.py andorra.osm.pbf [--engine osrm|valhalla] [--binary target/release/sotplan]

From places (nodes with `place`, settlements only) to supermarkets (nodes, and ways at their centroids) of one
OpenStreetMap extract: every pair's metres and seconds from both, on the road from snap to snap, for a car. Prints
Markdown: how many pairs have a way, how far apart the answers are, and the largest differences with both ways' roads.

Needs Python 3.12 with osmium, shapely and numpy, and osrm-bindings or pyvalhalla. `--keep FOLDER` leaves the files
behind: A.geojson, B.geojson, costs.csv, peer.csv and worst.geojson with the lines of both. Without `--binary` only the
peer is asked, and its table stands in peer.csv. `--yardstick` says how far the peers lie from each other.

Differences that are to be expected: the peers add seconds for turns and signals, and each has its own speeds; a point
that the two put on different roads differs whatever the ways. So the figures are given apart for pairs of at least
a kilometre, and for those that both put on the road within `--same-snap` metres (10) of each other.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy

from roads_common import (
    metres_between, number, osrm_array, osrm_engine, osrm_prepare, osrm_table, run_travel, write_points,
)

PLACES = {
    "city", "town", "village", "hamlet", "borough", "suburb", "quarter", "neighbourhood", "isolated_dwelling", "farm",
}


def read_points(path):
    """Places and supermarkets as (id, name, lon, lat)."""
    import osmium
    import shapely

    places, shops = [], []
    for thing in osmium.FileProcessor(path).with_locations():
        tags = thing.tags
        name = tags.get("name", "")
        if thing.is_node():
            spot = (f"n{thing.id}", name, thing.lon, thing.lat)
            if tags.get("place") in PLACES:
                places.append(spot)
            if tags.get("shop") == "supermarket":
                shops.append(spot)
        elif thing.is_way() and tags.get("shop") == "supermarket":
            ring = [(node.lon, node.lat) for node in thing.nodes if node.location.valid()]
            area = len(ring) > 3 and ring[0] == ring[-1]
            middle = (shapely.Polygon(ring) if area else shapely.MultiPoint(ring)).centroid
            shops.append((f"w{thing.id}", name, middle.x, middle.y))
    return places, shops


class Osrm:
    """OSRM with its own profile `car.lua`, fastest by its weight, which is not quite its time."""

    name = "OSRM"

    def __init__(self, roads, folder):
        base, *_ = osrm_prepare(roads, folder)
        self.engine = osrm_engine(base)

    def table(self, sources, targets):
        """Seconds, metres, and metres from each source and target to the road, all as tables."""
        answer, _ = osrm_table(self.engine, sources, targets, ["duration", "distance"])
        seconds, metres = osrm_array(answer["durations"]), osrm_array(answer["distances"])
        from_snap = numpy.array([spot["distance"] for spot in answer["sources"]])
        to_snap = numpy.array([spot["distance"] for spot in answer["destinations"]])
        shape = seconds.shape
        return seconds, metres, numpy.broadcast_to(from_snap[:, None], shape), numpy.broadcast_to(to_snap, shape)

    def route(self, source, target):
        """The line, and its roads as (name, metres, seconds)."""
        import osrm

        asked = osrm.RouteParameters(
            coordinates=[tuple(source), tuple(target)], steps=True, geometries="geojson", overview="full"
        )
        way = self.engine.Route(asked)["routes"][0]
        line = [tuple(spot) for spot in way["geometry"]["coordinates"]]
        steps = [
            ((step["name"] or (step["ref"] if "ref" in step else "")), step["distance"], step["duration"])
            for leg in way["legs"] for step in leg["steps"]
        ]
        return line, steps


class Valhalla:
    """Valhalla's costing `auto`. Its own seconds are whole."""

    name = "Valhalla"

    def __init__(self, roads, folder):
        import valhalla

        tiles = pathlib.Path(folder) / "tiles"
        tiles.mkdir()
        config = valhalla.get_config(tile_extract="", tile_dir=str(tiles))
        limits = config["service_limits"]["auto"]
        limits["max_matrix_location_pairs"] = 1_000_000
        limits["max_matrix_distance"] = limits["max_distance"] = 5_000_000
        said = pathlib.Path(folder) / "valhalla.json"
        said.write_text(json.dumps(config), encoding="utf-8")
        # `python -m valhalla` looks for the program on PATH only, so it is called where it lies.
        program = valhalla.PYVALHALLA_DIR / "bin" / "valhalla_build_tiles"
        done = subprocess.run([str(program), "-c", str(said), str(roads)], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"valhalla_build_tiles failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        self.actor = valhalla.Actor(said)

    @staticmethod
    def spots(places):
        return [{"lon": float(lon), "lat": float(lat)} for lon, lat in places]

    def table(self, sources, targets):
        asked = {"sources": self.spots(sources), "targets": self.spots(targets), "costing": "auto", "verbose": True}
        rows = self.actor.matrix(asked)["sources_to_targets"]

        def figures(*keys):
            return numpy.array([[[cell.get(key) for key in keys] for cell in row] for row in rows], float)

        figured = figures("time", "distance")
        # Where a pair begins and ends is said for each pair: Valhalla may put a point on several roads.
        shape = figured.shape[:2]
        begun, ended = figures("begin_lon", "begin_lat"), figures("end_lon", "end_lat")
        source_at = numpy.broadcast_to(numpy.asarray(sources)[:, None, :], (*shape, 2)).reshape(-1, 2)
        target_at = numpy.broadcast_to(numpy.asarray(targets)[None], (*shape, 2)).reshape(-1, 2)
        from_snap = metres_between(source_at, begun.reshape(-1, 2)).reshape(shape)
        to_snap = metres_between(target_at, ended.reshape(-1, 2)).reshape(shape)
        return figured[..., 0], figured[..., 1] * 1000, from_snap, to_snap

    def route(self, source, target):
        asked = {"locations": self.spots([source, target]), "costing": "auto"}
        leg = self.actor.route(asked)["trip"]["legs"][0]
        steps = [("/".join(m.get("street_names", [])), m["length"] * 1000, m["time"]) for m in leg["maneuvers"]]
        return polyline(leg["shape"]), steps


def polyline(text):
    """Lon, lat of an encoded line with six decimals."""
    values, value, shift = [], 0, 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            values.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lat, lon = (numpy.cumsum(values[start::2]) / 1e6 for start in (0, 1))
    return list(zip(lon.tolist(), lat.tolist()))


ENGINES = {"osrm": Osrm, "valhalla": Valhalla}


def sotplan_route(binary, roads, source, target):
    """Sotplan's line, and its roads as (name, metres, seconds)."""
    spots = [f"{lon:.7f},{lat:.7f}" for lon, lat in (source, target)]
    command = [str(binary), "route", "--roads", str(roads), f"--from={spots[0]}", f"--to={spots[1]}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        return [], [(f"`sotplan route` failed: {done.stderr.strip()[-200:]}", 0, 0)]
    said = json.loads(done.stdout)
    line, steps = [], []
    for feature in said["features"]:
        properties = feature["properties"]
        if properties["type"] == "route":
            line = [tuple(spot[:2]) for spot in feature["geometry"]["coordinates"]]
        else:
            steps.append((properties["name"] or properties["class"], properties["metres"], properties["seconds"]))
    return line, steps


def roads_said(steps):
    """Roads in order, neighbours of the same name as one: "name 1.2 km at 48 km/h"."""
    merged = []
    for name, metres, seconds in steps:
        if merged and merged[-1][0] == name:
            merged[-1][1] += metres
            merged[-1][2] += seconds
        elif metres or seconds or "failed" in name:
            merged.append([name, metres, seconds])

    def said(name, metres, seconds):
        speed = f" at {metres / seconds * 3.6:.0f} km/h" if seconds else ""
        return f"{name or '(no name)'} {metres / 1000:.2f} km{speed}"

    return "; ".join(said(*part) for part in merged) or "–"


def shared(line, other, within=20):
    """The part of a line that lies within some metres of another, both in lon, lat."""
    import shapely

    if len(line) < 2 or len(other) < 2:
        return float("nan")
    scale = numpy.array([111_195 * numpy.cos(numpy.radians(line[0][1])), 111_195])
    one, two = (shapely.LineString(numpy.asarray(points) * scale) for points in (line, other))
    return one.intersection(two.buffer(within)).length / one.length if one.length else float("nan")


def percent(part, whole):
    return f"{part / whole:.1%}" if whole else "–"


def statistics_table(ours, theirs, subsets):
    """Markdown: how far apart metres and seconds are, by subset of pairs."""
    print("| pairs | number | figure | signed median | median size | 90th percentile | within 5 % | less than the peer's |")
    print("|---|---|---|---|---|---|---|---|")
    for label, chosen in subsets:
        for row, figure in enumerate(("metres", "seconds")):
            mine, peers = ours[row][chosen], theirs[row][chosen]
            off = (mine - peers)[peers > 0] / peers[peers > 0]
            if not len(off):
                print(f"| {label} | 0 | {figure} | – | – | – | – | – |")
                continue
            size = abs(off)
            print(
                f"| {label} | {len(off)} | {figure} | {numpy.median(off):+.2%} | {numpy.median(size):.2%} | "
                f"{numpy.percentile(size, 90):.2%} | {percent((size <= 0.05).sum(), len(off))} | "
                f"{percent((off < 0).sum(), len(off))} |"
            )


def subsets(theirs, from_off, to_off, both, same_snap):
    """Labels and pairs: all of them, those of a kilometre and more, and those put on the road alike."""
    alike = both & (abs(from_off) <= same_snap) & (abs(to_off) <= same_snap)
    long = theirs >= 1000
    label = f"put on the road alike (within {same_snap:.0f} m)"
    return [("all", both), ("≥ 1 km", both & long), (label, alike), (f"≥ 1 km, {label}", alike & long)]


def worst(off, count, per_place):
    """The pairs with the largest differences, few of them from one place or to one supermarket."""
    chosen, begun, ended = [], {}, {}
    for flat in numpy.argsort(-abs(off), axis=None):
        i, j = numpy.unravel_index(flat, off.shape)
        if len(chosen) == count or not off[i, j]:
            break
        if begun.get(i, 0) < per_place and ended.get(j, 0) < per_place:
            chosen.append((i, j))
            begun[i], ended[j] = begun.get(i, 0) + 1, ended.get(j, 0) + 1
    return chosen


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("roads", metavar="FILE.osm.pbf")
    arguments.add_argument("--engine", choices=("osrm", "valhalla"), default="osrm")
    arguments.add_argument("--binary", help="a release build of Sotplan; without it only the peer is asked")
    arguments.add_argument("--max", default="600min", help="`--max` of `sotplan travel`; the peers have no limit")
    arguments.add_argument("--max-access", default="5km", help="`--max-access` of `sotplan travel`")
    arguments.add_argument("--same-snap", type=float, default=10, help="metres")
    arguments.add_argument("--worst", type=int, default=15)
    arguments.add_argument("--per-place", type=int, default=3, help="at most so many of the worst from or to one point")
    arguments.add_argument("--yardstick", action="store_true", help="how the two peers differ from each other too")
    arguments.add_argument("--keep", metavar="FOLDER")
    said = arguments.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(said.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        places, shops = read_points(said.roads)
        if not places or not shops:
            raise SystemExit(f"{len(places)} places and {len(shops)} supermarkets: nothing to compare")
        write_points(folder / "A.geojson", places)
        write_points(folder / "B.geojson", shops)
        peer = ENGINES[said.engine](said.roads, scratch)
        at, to = ([spot[2:] for spot in points] for points in (places, shops))
        seconds, metres, from_snap, to_snap = peer.table(at, to)
        with open(folder / "peer.csv", "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["from_id", "to_id", "seconds", "metres", "from_access_m", "to_access_m"])
            for i, j in numpy.ndindex(seconds.shape):
                figures = [t[i, j] for t in (seconds, metres, from_snap, to_snap)]
                known = ["" if f != f else round(float(f), 1) for f in figures]
                rows.writerow([places[i][0], shops[j][0], *known])
        print(f"{pathlib.Path(said.roads).name}: {len(places)} places × {len(shops)} supermarkets, {seconds.size} pairs\n")
        if said.yardstick:
            other_name = next(name for name in ENGINES if name != said.engine)
            other = ENGINES[other_name](said.roads, scratch)
            figures = other.table(at, to)
            both = numpy.isfinite(seconds) & numpy.isfinite(figures[0])
            print(f"As a yardstick, {other.name} by {peer.name}:\n")
            off = figures[2] - from_snap, figures[3] - to_snap
            statistics_table(figures[1::-1], (metres, seconds), subsets(metres, *off, both, said.same_snap))
            print("\nSotplan:\n" if said.binary else "")
        if not said.binary:
            print(f"{peer.name}: {int(numpy.isfinite(seconds).sum())} pairs have a way; median {numpy.nanmedian(metres):.0f} m, "
                  f"{numpy.nanmedian(seconds):.0f} s; to the road at most {numpy.nanmax(from_snap):.0f} m from a place, "
                  f"{numpy.nanmax(to_snap):.0f} m from a supermarket")
            return

        extra = ["--profile", "car", "--max", said.max, "--max-access", said.max_access]
        costs, whole = run_travel(
            said.binary, said.roads, folder / "A.geojson", folder / "B.geojson", folder / "costs.csv", extra
        )
        print(f"`sotplan travel`, the whole command: {whole:.2f} s\n", file=sys.stderr)
        names = ("seconds", "metres", "from_access_m", "to_access_m")
        ours = {name: numpy.full(seconds.shape, numpy.nan) for name in names}
        reason = {}
        for i, j in numpy.ndindex(seconds.shape):
            row = costs.get((places[i][0], shops[j][0]))
            if row is None:
                reason[i, j] = "the pair is not in costs.csv"
                continue
            for name in names:
                ours[name][i, j] = number(row[name])
            reason[i, j] = row["reason"]

        mine, peers = numpy.isfinite(ours["seconds"]), numpy.isfinite(seconds)
        both = mine & peers
        print("| pairs | number |\n|---|---|")
        for label, chosen in (
            ("in all", both | ~both), ("with a way at both", both), ("at Sotplan only", mine & ~peers),
            (f"at {peer.name} only", peers & ~mine), ("at neither", ~mine & ~peers),
        ):
            print(f"| {label} | {int(chosen.sum())} |")
        one = numpy.argwhere(mine != peers)
        if len(one):
            print(f"\nWith a way at one only{', the first 50' if len(one) > 50 else ''}:\n")
            print(f"| from | to | Sotplan | its reason | {peer.name} |\n|---|---|---|---|---|")
            for i, j in one[:50]:
                own = f"{ours['metres'][i, j]:.0f} m" if mine[i, j] else "–"
                other = f"{metres[i, j]:.0f} m" if peers[i, j] else "–"
                a, b = places[i], shops[j]
                print(f"| {a[0]} {a[1]} | {b[0]} {b[1]} | {own} | {reason[i, j]} | {other} |")

        off = ours["from_access_m"] - from_snap, ours["to_access_m"] - to_snap
        print()
        statistics_table((ours["metres"], ours["seconds"]), (metres, seconds), subsets(metres, *off, both, said.same_snap))

        features = []
        usable = both & (metres > 0) & (seconds > 0)
        for figure, own, other in (("metres", ours["metres"], metres), ("seconds", ours["seconds"], seconds)):
            with numpy.errstate(all="ignore"):
                off = numpy.where(usable, (own - other) / other, 0)
            order = worst(off, said.worst, said.per_place)
            print(f"\n## The {len(order)} largest differences in {figure}, at most {said.per_place} from or to one point\n")
            print(f"Metres and seconds are Sotplan's / {peer.name}'s. `on the peer's` is the part of Sotplan's line that lies")
            print("within 20 m of the peer's, and the other way round.\n")
            print("| no. | difference | from | to | metres | seconds | from snap, m | to snap, m | on the peer's |")
            print("|---|---|---|---|---|---|---|---|---|")
            explained = []
            for rank, (i, j) in enumerate(order, 1):
                a, b = places[i], shops[j]
                lines = {
                    "Sotplan": sotplan_route(said.binary, said.roads, at[i], to[j]),
                    peer.name: peer.route(at[i], to[j]),
                }
                mine_line, peer_line = (lines[name][0] for name in ("Sotplan", peer.name))
                overlap = f"{shared(mine_line, peer_line):.0%} / {shared(peer_line, mine_line):.0%}"
                print(
                    f"| {rank} | {off[i, j]:+.1%} | {a[0]} {a[1]} {a[2]:.5f},{a[3]:.5f} | {b[0]} {b[1]} {b[2]:.5f},{b[3]:.5f} | "
                    f"{ours['metres'][i, j]:.0f} / {metres[i, j]:.0f} | {ours['seconds'][i, j]:.0f} / {seconds[i, j]:.0f} | "
                    f"{ours['from_access_m'][i, j]:.0f} / {from_snap[i, j]:.0f} | "
                    f"{ours['to_access_m'][i, j]:.0f} / {to_snap[i, j]:.0f} | {overlap} |"
                )
                for name, (line, steps) in lines.items():
                    explained.append(f"{rank}. {name}: {roads_said(steps)}")
                    if len(line) > 1:
                        features.append({
                            "type": "Feature",
                            "properties": {"by": name, "figure": figure, "no": rank, "from": a[0], "to": b[0]},
                            "geometry": {"type": "LineString", "coordinates": line},
                        })
            print("\n" + "\n".join(f"- {text}" for text in explained))
        collection = {"type": "FeatureCollection", "features": features}
        (folder / "worst.geojson").write_text(json.dumps(collection), encoding="utf-8")


if __name__ == "__main__":
    main()
