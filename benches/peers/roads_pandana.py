"""How long do Sotplan's roads take beside pandana, from a network in memory to the nearest sites of every cell?

    python roads_pandana.py ROADS.osm.pbf CELLS.geojson SITES.geojson --k 3

Needs Python 3.12 with pandana, osmium, geopandas and scipy. Cells are taken at their centroids. Sites more than
`--max-access` metres (3 000) from the nearest node of the network are left out, on both sides. Counted of pandana:
- build: `pandana.Network`, which contracts the network, from arrays that are already there (reading is not counted)
- answer: `set_pois` + `nearest_pois` within `--max` minutes (60) by driving time; given with and without
  `get_node_ids`, which puts the cells on the network. pandana answers for every node, it cannot be asked for less.
Counted of Sotplan, by `cargo bench --bench roads`: `build`; `nearest`, and `answer` with putting cells and sites on it.

`--nodes junctions` gives pandana a network whose nodes are junctions and ends of ways, as its own loader from
OpenStreetMap and OSMnx make it; `--nodes all` one node for each of the file. `--peer-only` leaves Sotplan out.
With `--binary` the nearest sites of the two are compared as well: `sotplan travel` beside pandana's answer.
A ratio below 1 means that Sotplan is faster.
"""

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

import numpy

from roads_common import BENCH, metres_between, number, numbered, ratio, read_centroids, run_bench, run_travel, write_points

# km/h where a way does not say its own.
SPEEDS = {
    "motorway": 110, "motorway_link": 60, "trunk": 90, "trunk_link": 50, "primary": 80, "primary_link": 50,
    "secondary": 70, "secondary_link": 50, "tertiary": 70, "tertiary_link": 40, "unclassified": 50,
    "residential": 40, "living_street": 10, "service": 20,
}
ONE_WAY = {"yes": 1, "true": 1, "1": 1, "-1": -1}


def read_network(path, junctions):
    """Nodes as lon, lat; edges as from, to (rows of nodes); their metres and seconds, one row for each direction."""
    import osmium

    way_of, speed_of, direction_of, refs, places = [], [], [], [], {}
    for way in osmium.FileProcessor(path).with_locations().with_filter(osmium.filter.KeyFilter("highway")):
        if not way.is_way() or way.tags["highway"] not in SPEEDS or len(way.nodes) < 2:
            continue
        tags = way.tags
        limit = tags.get("maxspeed", "")
        row = len(speed_of)
        speed_of.append(float(limit) if limit.isdigit() and int(limit) else SPEEDS[tags["highway"]])
        implied = "yes" if tags["highway"] == "motorway" or tags.get("junction") == "roundabout" else ""
        direction_of.append(ONE_WAY.get(tags.get("oneway", implied), 0))
        for node in way.nodes:
            if node.ref not in places:
                places[node.ref] = (node.lon, node.lat)
            refs.append(node.ref)
            way_of.append(row)
    ids = numpy.fromiter(places.keys(), numpy.int64, len(places))
    lonlat = numpy.array(list(places.values()))
    order = numpy.argsort(ids)
    at = order[numpy.searchsorted(ids[order], numpy.array(refs, numpy.int64))]
    way_of, speed_of, direction_of = numpy.array(way_of), numpy.array(speed_of), numpy.array(direction_of)

    first = numpy.r_[True, way_of[1:] != way_of[:-1]]
    last = numpy.r_[first[1:], True]
    step = numpy.r_[0.0, metres_between(lonlat[at[:-1]], lonlat[at[1:]])]
    step[first] = 0
    if junctions:
        keep = first | last | (numpy.bincount(at, minlength=len(ids))[at] > 1)
    else:
        keep = numpy.ones(len(at), bool)
    # Each edge goes from one kept vertex of a way to the next; its length is the sum of the steps between.
    along = numpy.cumsum(step)
    kept = numpy.flatnonzero(keep)
    a, b = kept[:-1], kept[1:]
    same = way_of[a] == way_of[b]
    a, b = a[same], b[same]
    metres = along[b] - along[a]
    seconds = metres / (speed_of[way_of[a]] / 3.6)
    direction = direction_of[way_of[a]]
    used, renumbered = numpy.unique(numpy.r_[at[a], at[b]], return_inverse=True)
    start, end = renumbered[: len(a)], renumbered[len(a) :]
    there, back = direction >= 0, direction <= 0
    return (
        lonlat[used],
        numpy.r_[start[there], end[back]],
        numpy.r_[end[there], start[back]],
        numpy.r_[metres[there], metres[back]],
        numpy.r_[seconds[there], seconds[back]],
    )


def largest_mb():
    """This process's largest size; Linux counts in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peer(said):
    """pandana's half, in a process of its own. Figures, and in the folder the sites kept and the nearest of cells."""
    import geopandas
    import pandana
    import pandas
    from scipy.spatial import cKDTree

    started = time.perf_counter()
    lonlat, start, end, metres, seconds = read_network(said.roads, said.nodes == "junctions")
    cells, sites = read_centroids(said.cells), read_centroids(said.sites)
    crs = geopandas.GeoSeries.from_xy(*lonlat[:: max(1, len(lonlat) // 1000)].T, crs=4326).estimate_utm_crs()

    def plane(places):
        projected = geopandas.GeoSeries.from_xy(*places.T, crs=4326).to_crs(crs)
        return numpy.column_stack([projected.x, projected.y])

    xy, cells_xy, sites_xy = plane(lonlat), plane(cells), plane(sites)
    near = cKDTree(xy).query(sites_xy)[0] <= said.max_access
    given, sites, sites_xy = len(sites), sites[near], sites_xy[near]
    figures = {"read": time.perf_counter() - started, "given": given, "sites": len(sites), "cells": len(cells)}
    figures |= {"nodes": len(lonlat), "edges": len(start), "read_mb": largest_mb()}

    def clock(phase=None, started=(0.0, 0.0)):
        """Wall and processor time; of a phase, what it took since it started."""
        now = time.perf_counter(), time.process_time()
        if phase:
            figures[phase], figures[f"{phase}_cpu"] = (b - a for a, b in zip(started, now))
        return now

    x, y = pandas.Series(xy[:, 0]), pandas.Series(xy[:, 1])
    weights = pandas.DataFrame({"seconds": seconds})
    started = clock()
    network = pandana.Network(x, y, pandas.Series(start), pandas.Series(end), weights, twoway=False)
    clock("build", started)

    cell_x, cell_y = pandas.Series(cells_xy[:, 0]), pandas.Series(cells_xy[:, 1])
    # The first question builds pandana's own search tree of nodes; that is counted as snapping.
    started = clock()
    cell_nodes = network.get_node_ids(cell_x, cell_y).to_numpy()
    clock("snap", started)

    reach = said.max * 60.0
    started = clock()
    network.set_pois("sites", reach, said.k, pandas.Series(sites_xy[:, 0]), pandas.Series(sites_xy[:, 1]))
    times = network.nearest_pois(reach, "sites", num_pois=said.k).to_numpy()[cell_nodes]
    clock("answer", started)
    figures["peak_mb"] = largest_mb()
    figures["reached"] = int((times[:, 0] < reach).sum())

    folder = pathlib.Path(said.folder)
    numpy.save(folder / "sites.npy", sites)
    numpy.save(folder / "cells.npy", cells)
    if said.binary:
        with_ids = network.nearest_pois(reach, "sites", num_pois=said.k, include_poi_ids=True)
        chosen = with_ids["poi1"].to_numpy()[cell_nodes].astype(float)
        numpy.save(folder / "nearest.npy", numpy.column_stack([times[:, 0], chosen]))
        # Metres of the fastest way for some of the cells, along pandana's own paths.
        some = numpy.flatnonzero(~numpy.isnan(chosen) & (times[:, 0] < reach))
        some = some[numpy.linspace(0, len(some) - 1, min(2000, len(some))).round().astype(int)]
        site_nodes = network.get_node_ids(pandas.Series(sites_xy[:, 0]), pandas.Series(sites_xy[:, 1])).to_numpy()
        length = dict(zip(zip(start.tolist(), end.tolist()), metres.tolist()))
        paths = network.shortest_paths(cell_nodes[some], site_nodes[chosen[some].astype(int)])
        along = [sum(length[a, b] for a, b in zip(path[:-1].tolist(), path[1:].tolist())) for path in paths]
        numpy.save(folder / "metres.npy", numpy.column_stack([some, along]))
    print("\n" + json.dumps(figures))


def quartiles(values):
    low, mid, high = numpy.percentile(values, [25, 50, 75])
    return f"{mid:+.2%} (quartiles {low:+.2%} to {high:+.2%}, {len(values)} cells)"


def compare(said, folder, cells, sites):
    """Prints how the nearest sites of Sotplan and pandana differ."""
    extra = ["--k", str(said.k), "--max", f"{said.max}min"]
    costs, seconds = run_travel(said.binary, said.roads, cells, sites, folder / "costs.csv", extra)
    nearest = {}
    for (cell, site), row in costs.items():
        time_ = number(row["seconds"])
        if time_ == time_ and (cell not in nearest or time_ < nearest[cell][0]):
            nearest[cell] = (time_, number(row["metres"]), int(site[1:]))
    theirs = numpy.load(folder / "nearest.npy")
    reach = said.max * 60.0
    both = [c for c in range(len(theirs)) if f"c{c}" in nearest and 60 <= theirs[c, 0] < reach]
    only_ours = sum(f"c{c}" in nearest and not theirs[c, 0] < reach for c in range(len(theirs)))
    only_theirs = sum(f"c{c}" not in nearest and bool(theirs[c, 0] < reach) for c in range(len(theirs)))
    times = numpy.array([nearest[f"c{c}"][0] / theirs[c, 0] - 1 for c in both])
    same = [c for c in both if nearest[f"c{c}"][2] == theirs[c, 1]]
    print(f"\n`sotplan travel`, the whole command: {seconds:.2f} s")
    print(f"a site within {said.max} min: only Sotplan {only_ours}, only pandana {only_theirs} cells")
    print(f"the same nearest site: {len(same) / max(1, len(both)):.1%} of the cells at least a minute away at pandana")
    print(f"nearest time, Sotplan by pandana - 1: {quartiles(times)}; speeds differ by profile")
    pairs = [(nearest[f"c{int(c)}"], m, int(c)) for c, m in numpy.load(folder / "metres.npy") if f"c{int(c)}" in nearest]
    lengths = numpy.array([ours[1] / m - 1 for ours, m, c in pairs if ours[2] == theirs[c, 1] and m > 500])
    if len(lengths):
        print(f"its distance, where the site is the same and over 500 m, Sotplan by pandana - 1: {quartiles(lengths)}")
        print(f"median of the size of that difference: {numpy.median(abs(lengths)):.2%}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("roads", "cells", "sites"):
        arguments.add_argument(name, metavar=name.upper())
    arguments.add_argument("--k", type=int, default=3)
    arguments.add_argument("--max", type=int, default=60, help="minutes")
    arguments.add_argument("--max-access", type=float, default=3000, help="metres from a site to the nearest node")
    arguments.add_argument("--nodes", choices=("all", "junctions"), default="all")
    arguments.add_argument("--bench", default=BENCH, help=f"Sotplan's benchmark, default: {BENCH}")
    arguments.add_argument("--binary", help="a release build of Sotplan, to compare the answers too")
    arguments.add_argument("--peer-only", action="store_true")
    arguments.add_argument("--folder", help=argparse.SUPPRESS)
    said = arguments.parse_args()
    if said.folder:
        return peer(said)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        # A process of its own, so that its size is pandana's and not that of what comes after.
        command = [sys.executable, *sys.argv, "--folder", name]
        theirs = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
        print(f"{theirs['nodes']} nodes, {theirs['edges']} directed edges ({said.nodes}); {theirs['cells']} cells, of which")
        print(f"{theirs['reached']} reach a site within {said.max} min; {theirs['sites']} of {theirs['given']} sites lie")
        print(f"within {said.max_access:.0f} m of a node and are kept\n")
        print("| | pandana | its processor time | Sotplan | ratio |\n|---|---|---|---|---|")
        if said.peer_only:
            ours = None
        else:
            cells, sites = folder / "cells.geojson", folder / "sites.geojson"
            write_points(cells, numbered(numpy.load(folder / "cells.npy"), "c"))
            write_points(sites, numbered(numpy.load(folder / "sites.npy"), "s"))
            ours = run_bench(said.bench, said.roads, cells, sites, said.k)

        def row(label, phases, own_phase):
            took, busy = (sum(theirs.get(phase + kind, 0) for phase in phases) for kind in ("", "_cpu"))
            own = f"{ours[own_phase]:.2f} s | {ratio(ours[own_phase], took)}" if ours else "– | –"
            print(f"| {label} | {took:.2f} s | {f'{busy:.2f} s' if busy else '–'} | {own} |")

        row("read the file (Python for pandana: not to be compared)", ["read"], "read")
        row("build", ["build"], "build")
        row(f"answer, k = {said.k}, cells put on the network by pandana before", ["answer"], "nearest")
        row(f"answer, k = {said.k}, putting the cells on the network counted", ["snap", "answer"], "answer")
        own = f"{ours['peak_mb']:.0f} MB | {ratio(ours['peak_mb'], theirs['peak_mb'])}" if ours else "– | –"
        before = f"{theirs['read_mb']:.0f} MB of pandana's are there before the build"
        print(f"| peak memory ({before}) | {theirs['peak_mb']:.0f} MB | – | {own} |")
        if said.binary and not said.peer_only:
            compare(said, folder, cells, sites)


if __name__ == "__main__":
    main()
