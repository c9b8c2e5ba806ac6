"""How long does `sotplan analyse` take beside a geopandas script that only reads and measures?

Runs the two in turn on the same files, so that both meet the same machine, and prints the median ratios.

    python compare.py SOTPLAN CELLS GROCERY FUEL [--areas AREAS] [--runs 7] [--python PYTHON]

SOTPLAN is a release build of the program (cargo build --release --no-default-features); PYTHON is an
interpreter with geopandas and scipy, this one if not said. Two ratios are printed:
- reading and measuring: Sotplan's phases read + bind + nearest, by the script's own time
- the whole command, measured from outside with all that it computes and writes, by the script's own time
A ratio below 1 means that Sotplan is faster. The script's time leaves out the start of Python and its modules.
"""

import argparse
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

PEER = pathlib.Path(__file__).with_name("nearest.py")


def run_sotplan(said, folder):
    """Seconds from outside, and seconds by phase."""
    command = [said.sotplan, "analyse", "--json", "--out", folder]
    command += ["--population", said.cells, "--grocery", said.grocery, "--fuel", said.fuel]
    if said.areas:
        command += ["--areas", said.areas]
    started = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started, json.loads(done.stdout)["seconds"]


def run_peer(said):
    """Seconds by the script's own clock."""
    command = [said.python, str(PEER), said.cells, said.grocery, said.fuel]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["total_s"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("sotplan", "cells", "grocery", "fuel"):
        arguments.add_argument(name, metavar=name.upper())
    arguments.add_argument("--areas", help="polygons to sum by; the script has none")
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--python", default=sys.executable)
    said = arguments.parse_args()

    measured = {"measure": [], "whole": [], "peer": []}
    peak_kb = 0
    with tempfile.TemporaryDirectory() as folder:
        for run in range(said.runs):
            whole, phases = run_sotplan(said, folder)
            # Before the peer has ended once, the largest child is Sotplan.
            if run == 0:
                peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            measure = phases["read"] + phases["bind"] + phases["nearest"]
            peer = run_peer(said)
            for name, seconds in (("measure", measure), ("whole", whole), ("peer", peer)):
                measured[name].append(seconds)
            print(f"run {run + 1}: measuring {measure:.3f} s, whole {whole:.3f} s, script {peer:.3f} s", file=sys.stderr)

    def ratio(name):
        return statistics.median(a / b for a, b in zip(measured[name], measured["peer"]))

    print(f"median of {said.runs} runs, by the script's {statistics.median(measured['peer']):.3f} s")
    print(f"reading, nearest and second nearest: {statistics.median(measured['measure']):.3f} s, ratio {ratio('measure'):.3f}")
    print(f"the whole command:                   {statistics.median(measured['whole']):.3f} s, ratio {ratio('whole'):.3f}")
    print(f"peak memory of Sotplan:              {peak_kb / 1024:.0f} MB (Linux)")


if __name__ == "__main__":
    main()
