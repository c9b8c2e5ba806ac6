"""What the same work takes with geopandas and scipy: read, project, nearest and second nearest.

A peer to measure Sotplan against, not a part of it. Needs Python 3.10 or later with geopandas and scipy.

    python nearest.py CELLS GROCERY FUEL

CELLS is a GeoJSON of population cells (polygons or points), GROCERY and FUEL are points; all in a system
that the file names. It reads the three files, brings them to SWEREF 99 TM, takes each cell at its centroid and
asks a k-d tree for the two nearest stores and stations. Loading Python's own modules is not counted.
Prints one line of JSON: seconds by phase and in all, and the mean straight-line distances in km, unweighted.
"""

import argparse
import json
import time

import geopandas
import numpy
from scipy.spatial import cKDTree

SWEREF_99_TM = 3006


def points(path):
    """The centroids of a file's features in metres, one row each."""
    frame = geopandas.read_file(path).to_crs(SWEREF_99_TM)
    centroids = frame.geometry.centroid
    usable = ~(centroids.is_empty | centroids.isna())
    return numpy.column_stack([centroids.x[usable], centroids.y[usable]])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("cells", "grocery", "fuel"):
        arguments.add_argument(name, metavar=name.upper())
    said = arguments.parse_args()

    started = time.perf_counter()
    cells = points(said.cells)
    services = {"grocery": points(said.grocery), "fuel": points(said.fuel)}
    read = time.perf_counter()
    means = {}
    for kind, sites in services.items():
        distances, _ = cKDTree(sites).query(cells, k=2)
        means[f"{kind}_mean_km"] = round(float(distances[:, 0].mean()) / 1000, 4)
    done = time.perf_counter()

    print(json.dumps({
        "read_s": round(read - started, 4),
        "nearest_s": round(done - read, 4),
        "total_s": round(done - started, 4),
        "cells": len(cells),
        **means,
    }))


if __name__ == "__main__":
    main()
