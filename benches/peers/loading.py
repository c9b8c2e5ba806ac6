"""How long do files take to load beside geopandas, polars and pandas, and how much memory?

    python loading.py --shared DIR --run target/release/sotplan [--loading BENCH] [--runs 7] [--keep FOLDER]

DIR holds `sweden/befolkning_1km_2024_epsg3006.gpkg`: 103 464 squares of 1 km with their people. It is written by pyogrio
as GeoJSON, GeoPackage, Shapefile, FlatGeobuf and CSV (a row a square, its middle in metres), all in SWEREF 99 TM with all
columns. Each file is read in turns, each time by a process of its own:
- `sotplan info FILE --json`, which loads all and says what there is
- `loading FILE` (`cargo bench --bench loading --no-run` tells its path; else cargo is asked), which loads only
- geopandas.read_file(engine="pyogrio"); for CSV polars.read_csv and pandas.read_csv

Printed are medians, in milliseconds: of loading alone (by the process's own clock, without imports), and of whole
processes, with their peak memory in MB. A ratio is theirs by ours: above 1 Sotplan is faster, or needs less.
Needs Linux, and Python with geopandas, pyogrio, polars and pandas.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
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
started = time.perf_counter()
table = {read}
seconds = time.perf_counter() - started
print(json.dumps({{"rows": len(table), "seconds": seconds, "began_kb": before, "peak_kb": told("VmHWM")}}))
"""
GEOPANDAS = READ.format(imports="import geopandas, pyogrio",
                        read='geopandas.read_file(sys.argv[1], engine="pyogrio")')
POLARS = READ.format(imports="import polars", read="polars.read_csv(sys.argv[1])")
PANDAS = READ.format(imports="import pandas", read="pandas.read_csv(sys.argv[1])")


def run(command):
    """What it printed, seconds from outside, and its peak in MB."""
    # This process is small, and so is what a child inherits of its peak.
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE)
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command} ended with {child.returncode}")
    return json.loads(said), seconds, used.ru_maxrss / 1024


def bench():
    """Where cargo put the benchmark."""
    told = subprocess.run(
        ["cargo", "bench", "--locked", "--bench", "loading", "--no-default-features", "--no-run", "--message-format", "json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    messages = (json.loads(line) for line in told.stdout.splitlines() if line.startswith("{"))
    return next(said["executable"] for said in messages
                if said.get("reason") == "compiler-artifact" and said["target"]["name"] == "loading")


def measure(said, loading, path):
    """Rows of figures by who reads, one a run, in turns."""
    peers = {"polars": POLARS, "pandas": PANDAS} if path.suffix == ".csv" else {"geopandas": GEOPANDAS}
    figures = {name: [] for name in ("sotplan", *peers)}
    rows = set()
    for at in range(said.runs + 1):
        told, alone_s, _ = run([loading, str(path)])
        _, whole_s, whole_mb = run([said.run, "info", str(path), "--json"])
        ours = (told["seconds"], whole_s, whole_mb, (told["peak_kb"] - told["began_kb"]) / 1024)
        rows.add(told["rows"])
        results = {"sotplan": ours}
        for name, script in peers.items():
            told, whole_s, whole_mb = run([sys.executable, "-c", script, str(path)])
            rows.add(told["rows"])
            results[name] = (told["seconds"], whole_s, whole_mb, (told["peak_kb"] - told["began_kb"]) / 1024)
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
    said.add_argument("--loading", help="the benchmark `loading`, built")
    said.add_argument("--runs", type=int, default=7)
    said.add_argument("--only", choices=FORMATS, nargs="*", default=list(FORMATS))
    said.add_argument("--keep", type=pathlib.Path, help="where the files are made and stay")
    said = said.parse_args()
    loading = said.loading or bench()
    with tempfile.TemporaryDirectory() as made:
        folder = said.keep or pathlib.Path(made)
        folder.mkdir(exist_ok=True)
        if not (folder / "cells.csv").exists():
            source = said.shared / "sweden" / "befolkning_1km_2024_epsg3006.gpkg"
            subprocess.run([sys.executable, "-c", MAKE, str(source), str(folder)], check=True)
        print(f"medians of {said.runs} turns; ms, MB; ratio: theirs by ours")
        print(f"{'':11} {'':10} {'alone':>7} {'ratio':>6} {'whole':>7} {'ratio':>6} {'peak':>6} {'ratio':>6} {'growth':>6} {'ratio':>6}")
        for name in said.only:
            figures = measure(said, loading, folder / f"cells.{FORMATS[name]}")
            for reader, values in figures.items():
                ratios = [value / ours for value, ours in zip(values, figures["sotplan"])]
                shown = [f"{values[0] * 1000:7.0f}", f"{values[1] * 1000:7.0f}", f"{values[2]:6.0f}", f"{values[3]:6.0f}"]
                print(f"{name:11} {reader:10} " + " ".join(f"{value} {ratio:6.2f}" for value, ratio in zip(shown, ratios)), flush=True)


if __name__ == "__main__":
    main()
