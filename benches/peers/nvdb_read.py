"""How long does a GeoPackage of roads take to read, beside a reader that GIS people use?

    python nvdb_read.py --roads nvdb.gpkg [--runs 7]

The same file, in turns: `pyogrio.read_dataframe` (GDAL, into a table with geometries), and this program's reader into
roads with their junctions found and the file's SHA-256 taken (`read` of `cargo bench --bench roads`), each on a fresh
copy, so that nothing is kept from before. Prints medians in milliseconds, and per stretch, as one ratio. Also the first
start (to a network that can be asked) and the second.

Needs Python 3.12 with pyogrio (and geopandas, shapely), and cargo.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def ours(roads):
    done = subprocess.run(
        ["cargo", "bench", "--bench", "roads", "--", "--roads", str(roads), "--json"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


def main():
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--roads", type=pathlib.Path, required=True)
    said.add_argument("--runs", type=int, default=7)
    said = said.parse_args()
    import pyogrio

    roads = said.roads.resolve()
    peer, figures, rows = [], [], 0
    ours(roads)
    for _ in range(said.runs):
        started = time.perf_counter()
        rows = len(pyogrio.read_dataframe(roads))
        peer.append(time.perf_counter() - started)
        figures.append(ours(roads))
    middle = {name: statistics.median(run[name] for run in figures) for name in ("read", "first_start", "second_start")}
    theirs = statistics.median(peer)
    print(f"{rows} stretches, medians of {said.runs} runs in turns")
    print(f"pyogrio.read_dataframe   {theirs * 1000:7.1f} ms  {theirs / rows * 1e6:6.2f} µs a stretch")
    print(f"read to roads            {middle['read'] * 1000:7.1f} ms  {middle['read'] / rows * 1e6:6.2f} µs a stretch")
    print(f"ratio                    {middle['read'] / theirs:7.3f}")
    print(f"first start, to network  {middle['first_start'] * 1000:7.1f} ms")
    print(f"second start             {middle['second_start'] * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
