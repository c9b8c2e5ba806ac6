"""How long do Sotplan's roads take beside OSRM: the network made ready, and a table from every cell to every site?

    python roads_osrm.py ROADS.osm.pbf CELLS.geojson SITES.geojson [--pick 1000]

Needs Python 3.12 with osrm-bindings, which brings OSRM's programs and its profile `car.lua`, and geopandas.
Cells are taken at their centroids; `--pick N` takes N of the sites, evenly over the file. Counted of OSRM:
- preparation, from the file to the network on disk: `osrm-extract`, then `osrm-contract` (contraction hierarchies,
  `--algorithm CH`) or `osrm-partition` and `osrm-customize` (`MLD`: sooner ready, slower tables). The choices to avoid
  tolls, motorways and ferries are left out, since each costs a contraction; `--as-shipped` keeps them. Networks
  without main roads contract slowly: the synthetic one of Sweden was not ready after nine minutes
- table: its table service in this process, with the cells in chunks; putting points on the network is counted each
  time, turning the answer into arrays is given apart. Seconds only; `--metres` asks for the distances too, which
  makes OSRM unpack every way. OSRM has no cutoff: it answers every pair, Sotplan those within its own limit.
Counted of Sotplan, by `cargo bench --bench roads`: `read` + `build`, and `matrix`.

With `--binary` also `sotplan travel`, the whole command, and how its figures differ from OSRM's. `--peer-only` leaves
Sotplan out. A ratio below 1 means that Sotplan is faster.
"""

import argparse
import pathlib
import tempfile
import time

import numpy

from roads_common import (
    BENCH, number, numbered, osrm_array, osrm_engine, osrm_prepare, osrm_table, ratio, read_centroids, run_bench,
    run_travel, spread, write_points,
)


def table(engine, cells, sites, chunk, metres, keep):
    """Seconds in OSRM, processor seconds of it, and seconds to arrays; pairs with a route, and the arrays if they are kept."""
    asked, busy, arrays, routed = 0.0, 0.0, 0.0, 0
    kept = {"durations": [], "distances": []}
    for first in range(0, len(cells), chunk):
        annotations = ["duration", "distance"] if metres else ["duration"]
        before = time.process_time()
        answer, seconds = osrm_table(engine, cells[first : first + chunk], sites, annotations, waypoints=False)
        busy += time.process_time() - before
        asked += seconds
        started = time.perf_counter()
        for name in ("durations", "distances") if metres else ("durations",):
            array = osrm_array(answer[name])
            if name == "durations":
                routed += int(numpy.isfinite(array).sum())
            if keep:
                kept[name].append(array)
        arrays += time.perf_counter() - started
    return asked, busy, arrays, routed, {name: numpy.vstack(parts) for name, parts in kept.items() if parts}


def compare(said, folder, cells, sites, kept):
    """Prints how Sotplan's figures differ from OSRM's."""
    extra = ["--max", f"{said.max}min"]
    costs, seconds = run_travel(said.binary, said.roads, cells, sites, folder / "costs.csv", extra)
    ours = numpy.full((2, *kept["durations"].shape), numpy.nan)
    for (cell, site), row in costs.items():
        ours[:, int(cell[1:]), int(site[1:])] = number(row["seconds"]), number(row["metres"])
    print(f"\n`sotplan travel --max {said.max}min`, the whole command: {seconds:.2f} s")
    limit = said.max * 60
    within = numpy.isfinite(ours[0]) & (ours[0] <= limit) & (kept["durations"] <= limit)
    one = numpy.isfinite(ours[0]) & ~numpy.isfinite(kept["durations"])
    print(f"{int(within.sum())} pairs within {said.max} min at both; {int(one.sum())} have a way at Sotplan only")
    for row, name in enumerate(name for name in ("durations", "distances") if name in kept):
        usable = within & (kept[name] > 0)
        off = ours[row][usable] / kept[name][usable] - 1
        if len(off):
            print(
                f"{name}: Sotplan by OSRM - 1, median {numpy.median(off):+.2%}; size of it, median "
                f"{numpy.median(abs(off)):.2%}, 90th percentile {numpy.percentile(abs(off), 90):.2%}, "
                f"within 5 % {numpy.mean(abs(off) <= 0.05):.1%}"
            )


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("roads", "cells", "sites"):
        arguments.add_argument(name, metavar=name.upper())
    arguments.add_argument("--pick", type=int, default=0, metavar="N", help="so many of the sites, default all")
    arguments.add_argument("--algorithm", choices=("CH", "MLD"), default="CH", help="OSRM's way of preparing and asking")
    arguments.add_argument("--as-shipped", action="store_true", help="OSRM's car.lua with its exclude flags")
    arguments.add_argument("--chunk", type=int, default=4000, help="cells asked for at a time")
    arguments.add_argument("--metres", action="store_true", help="ask OSRM for distances too")
    arguments.add_argument("--max", type=int, default=60, help="minutes, of `sotplan travel`")
    arguments.add_argument("--bench", default=BENCH, help=f"Sotplan's benchmark, default: {BENCH}")
    arguments.add_argument("--binary", help="a release build of Sotplan, to compare the answers too")
    arguments.add_argument("--peer-only", action="store_true")
    said = arguments.parse_args()

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        base, seconds, busy, megabytes = osrm_prepare(said.roads, folder, said.algorithm, said.as_shipped)
        cells, sites = read_centroids(said.cells), spread(read_centroids(said.sites), said.pick)
        started = time.perf_counter()
        engine = osrm_engine(base, said.algorithm)
        loaded = time.perf_counter() - started
        # Once beforehand, so that no page of the network is read from disk for the first time.
        osrm_table(engine, cells[:: max(1, len(cells) // 100)], sites, ["duration"], waypoints=False)
        asked, table_busy, arrays, routed, kept = table(engine, cells, sites, said.chunk, said.metres, bool(said.binary))
        ours = None
        if not said.peer_only:
            paths = folder / "cells.geojson", folder / "sites.geojson"
            for path, places, letter in zip(paths, (cells, sites), "cs"):
                write_points(path, numbered(places, letter))
            ours = run_bench(said.bench, said.roads, *paths, 3)

        def row(label, peer, own):
            print(f"| {label} | {peer:.2f} s | {f'{own:.2f} s' if own else '–'} | {ratio(own, peer) if own else '–'} |")

        print(f"{len(cells)} cells × {len(sites)} sites, {len(cells) * len(sites)} pairs, {routed} with a way at OSRM\n")
        print("| | OSRM | Sotplan | ratio |\n|---|---|---|---|")
        prepared = sum(seconds.values())
        parts = ", ".join(
            f"{step} {took:.2f} s with {busy[step]:.2f} s of processor time and {megabytes[step]:.0f} MB"
            for step, took in seconds.items()
        )
        row(f"network made ready, {said.algorithm} ({parts})", prepared, ours and ours["read"] + ours["build"])
        row("OSRM: loading the network it made", loaded, None)
        label = f"table{' with distances' if said.metres else ', seconds only'}"
        row(f"{label} ({table_busy:.2f} s of processor time)", asked, ours and ours["matrix"])
        row(f"{label}, as arrays in Python", asked + arrays, ours and ours["matrix"])
        total = ours and ours["read"] + ours["build"] + ours["matrix"]
        row("from the file to the table", prepared + loaded + asked, total)
        if ours:
            print(f"\npeak memory of Sotplan: {ours['peak_mb']:.0f} MB")
            if said.binary:
                compare(said, folder, *paths, kept)


if __name__ == "__main__":
    main()
