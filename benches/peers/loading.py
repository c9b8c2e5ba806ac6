"""How long do files take to load beside geopandas, polars and pandas, and how much memory?

    python loading.py --shared DIR --run target/release/sotplan [--runs 7] [--keep FOLDER]

DIR holds `sweden/befolkning_1km_2024_epsg3006.gpkg`: 103 464 squares of 1 km with their people. It is written by pyogrio
as GeoJSON, GeoPackage, Shapefile, FlatGeobuf and CSV (a row a square, its middle in metres), all in SWEREF 99 TM with all
columns. Each file is read in turns, each time by a process of its own:
- `sotplan info FILE --json`, which starts, loads all, takes the file's digest and says what there is
- geopandas.read_file(engine="pyogrio"); for CSV polars.read_csv and pandas.read_csv, which know no places, and `placed`:
  pandas.read_csv, then geopandas makes points of it and brings them into degrees, as Sotplan does

Printed are medians, in milliseconds and MB. `whole` is a process from its start to its end and its peak memory; `alone`
is their reading by their own clock, without the start of Python and its modules, and `rise` how far memory rose by it;
`cpu` is the time of all processors meanwhile, which a busy machine lengthens least. Of Sotplan `alone` is what it logs
of reading (`RUST_LOG=sotplan=debug`), digest and all; `cpu` and `rise` are the whole process. A ratio is theirs by ours: above 1 Sotplan is faster, or needs less.
Needs Linux, and Python with geopandas, pyogrio, polars and pandas.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

FORMATS = {"GeoJSON": "geojson", "GeoPackage": "gpkg", "Shapefile": "shp", "FlatGeobuf": "fgb", "CSV": "csv"}

MAKE = """
import sys, pathlib, geopandas, pyogrio
source, folder = sys.argv[1:]
cells = geopandas.read_file(source, engine="pyogrio").to_crs(3006)
for ending in ("geojson", "gpkg", "shp", "fgb"):
    pyogrio.write_dataframe(cells, str(pathlib.Path(folder) / f"cells.{ending}"))
table = cells.drop(columns="geometry")
middle = cells.geometry.centroid
table["x"], table["y"] = middle.x, middle.y
table.to_csv(pathlib.Path(folder) / "cells.csv", index=False)
"""

READ = """
import json, sys, time
def told(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ":"))
{imports}
before = told("VmRSS")
started, used = time.perf_counter(), time.process_time()
table = {read}
seconds, used = time.perf_counter() - started, time.process_time() - used
print(json.dumps({{"rows": len(table), "seconds": seconds, "used": used, "began_kb": before, "peak_kb": told("VmHWM")}}))
"""
GEOPANDAS = READ.format(imports="import geopandas, pyogrio",
                        read='geopandas.read_file(sys.argv[1], engine="pyogrio")')
POLARS = READ.format(imports="import polars", read="polars.read_csv(sys.argv[1])")
PANDAS = READ.format(imports="import pandas", read="pandas.read_csv(sys.argv[1])")
# The same with its places in degrees, which is what a map needs, and what Sotplan reads.
PLACES = READ.format(
    imports="import geopandas, pandas\n"
    "def placed(table): return geopandas.GeoDataFrame(table, geometry=geopandas.points_from_xy(table.x, table.y, crs=3006)).to_crs(4326)",
    read="placed(pandas.read_csv(sys.argv[1]))")


def run(command):
    """What it printed, seconds from outside, seconds of processors, and its peak in MB."""
    # This process is small, and so is what a child inherits of its peak.
    started = time.perf_counter()
    environment = {**os.environ, "RUST_LOG": "sotplan=debug"}
    with tempfile.TemporaryFile() as log:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment)
        said = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        log.seek(0)
        logged = re.search(r"rows read in ([0-9.]+) s", log.read().decode())
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command} ended with {child.returncode}")
    told = json.loads(said)
    if logged:
        told[0]["seconds"] = float(logged[1])
    return told, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def measure(said, path):
    """Medians by who reads, taken in turns: seconds whole, alone and of processors, MB whole and alone."""
    peers = {"polars": POLARS, "pandas": PANDAS, "placed": PLACES} if path.suffix == ".csv" else {"geopandas": GEOPANDAS}
    figures = {name: [] for name in ("sotplan", *peers)}
    rows = set()
    for at in range(said.runs + 1):
        told, seconds, used, peak = run([said.run, "info", str(path), "--json"])
        rows.add(told[0]["tables"][0]["rows_used"])
        results = {"sotplan": (seconds, told[0]["seconds"], used, peak, peak)}
        for name, script in peers.items():
            told, seconds, _, peak = run([sys.executable, "-c", script, str(path)])
            rows.add(told["rows"])
            results[name] = (seconds, told["seconds"], told["used"], peak, (told["peak_kb"] - told["began_kb"]) / 1024)
        # The first turn fills the caches of the system.
        if at > 0:
            for name, result in results.items():
                figures[name].append(result)
    assert len(rows) == 1, f"different numbers of rows: {rows}"
    return {name: [statistics.median(column) for column in zip(*runs)] for name, runs in figures.items()}


def main():
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--shared", type=pathlib.Path, required=True)
    said.add_argument("--run", required=True, help="a release build of the program")
    said.add_argument("--runs", type=int, default=7)
    said.add_argument("--only", choices=FORMATS, nargs="*", default=list(FORMATS))
    said.add_argument("--keep", type=pathlib.Path, help="where the files are made and stay")
    said = said.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = said.keep or pathlib.Path(made)
        folder.mkdir(exist_ok=True)
        if not (folder / "cells.csv").exists():
            source = said.shared / "sweden" / "befolkning_1km_2024_epsg3006.gpkg"
            subprocess.run([sys.executable, "-c", MAKE, str(source), str(folder)], check=True)
        print(f"medians of {said.runs} turns; ms, MB; ratio: theirs by ours")
        heads = ("whole", "ratio", "alone", "ratio", "cpu", "ratio", "MB", "ratio", "rise", "ratio")
        print(f"{'':11} {'':10} " + " ".join(f"{head:>6}" for head in heads))
        for name in said.only:
            figures = measure(said, folder / f"cells.{FORMATS[name]}")
            for reader, values in figures.items():
                shown = [value * 1000 for value in values[:3]] + values[3:]
                ratios = [value / ours for value, ours in zip(values, figures["sotplan"])]
                pairs = (f"{value:6.0f} {ratio:6.2f}" for value, ratio in zip(shown, ratios))
                print(f"{name:11} {reader:10} " + " ".join(pairs), flush=True)


if __name__ == "__main__":
    main()
