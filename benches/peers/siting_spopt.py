"""How long do spopt with HiGHS and Sotplan take to choose the same sites, and do they choose as well?

    python siting_spopt.py CELLS STORES [--binary target/release/sotplan] [--sites 9] [--km 20] [--only mclp]

In one run, on the same files: the p-median, and the most people within `--km`, straight line × 1.3 between a cell's
centroid and a store in the plane of EPSG:3006. Prints Markdown, and fails where the two values differ by more than a
millionth. Without `--binary` only the peer is asked.

What is counted:
- spopt: `from_cost_matrix` builds the model, `solve(results=False)` hands it to HiGHS through PuLP and waits; reading,
  projecting and the table of distances are not counted, nor the start of Python
- Sotplan: `seconds`, the solving by its own word; and the whole command from outside, with all that it reads, measures
  and writes. Medians of `--runs`

HiGHS calls an answer optimal within its relative gap, 0.0001 unless `--gap` says less; Sotplan is not told of that.
Needs geopandas, spopt, PuLP and highspy.
"""

import argparse
import importlib.metadata
import statistics
import sys
import tempfile
import time

import geopandas
import highspy
import numpy
import pulp
from spopt.locate import MCLP, PMedian

from siting_common import Used, agrees, figure, percent, proven, ratio, run_json, site_command

DETOUR = 1.3


def in_plane(path):
    """A file's features in EPSG:3006, and where each stands, polygons at their centroids in that plane."""
    frame = geopandas.read_file(path).to_crs(3006)
    frame = frame[~(frame.geometry.is_empty | frame.geometry.isna())]
    points = frame.geometry if (frame.geom_type == "Point").all() else frame.geometry.centroid
    return frame, numpy.column_stack([points.x, points.y])


def run_peer(objective, costs, people, sites, km, gap):
    """Value, bound and gap by HiGHS, is it proven, and what building and solving used."""
    started, processor = time.perf_counter(), time.process_time()
    if objective == "p-median":
        model = PMedian.from_cost_matrix(costs, people, p_facilities=sites)
    else:
        model = MCLP.from_cost_matrix(costs, people, service_radius=km, p_facilities=sites)
    built = time.perf_counter() - started
    # spopt calls a model solved that HiGHS gave up, so HiGHS itself is asked what it found.
    model.solve(pulp.HiGHS(msg=False, gapRel=gap), results=False)
    whole = time.perf_counter() - started
    used = Used(whole, time.process_time() - processor, float("nan"))
    highs = model.problem.solverModel
    optimal = str(highs.getModelStatus()).endswith("kOptimal")
    return {
        "value": model.problem.objective.value(),
        "bound": abs(highs.getInfo().mip_dual_bound),
        "gap": highs.getInfo().mip_gap,
        "proven": optimal,
        "build": built,
        "solve": whole - built,
        "highs": highs.getRunTime(),
        "used": used,
    }


def run_ours(said, objective, folder):
    threshold = f"{said.km:g}km" if objective == "mclp" else None
    command = site_command(
        said.binary, said.cells, said.stores, objective, said.sites, folder, threshold, extra=said.extra
    )
    return [run_json(command) for _ in range(said.runs)]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("cells", metavar="CELLS", help="population cells or points")
    arguments.add_argument("stores", metavar="STORES", help="places to choose from")
    arguments.add_argument("--binary", help="a release build of Sotplan; without it only the peer is asked")
    arguments.add_argument("--sites", type=int, default=9)
    arguments.add_argument("--km", type=float, default=20, help="of the MCLP")
    arguments.add_argument("--people", default="beftotalt", help="the column that counts people")
    arguments.add_argument("--runs", type=int, default=5, help="of Sotplan; the peer runs once")
    arguments.add_argument("--gap", type=float, help="relative gap at which HiGHS stops")
    arguments.add_argument("--only", choices=("p-median", "mclp"))
    arguments.add_argument("extra", nargs="*", help="after --: more options of `sotplan site`")
    said = arguments.parse_args()

    cells, at = in_plane(said.cells)
    _, to = in_plane(said.stores)
    people = cells[said.people].to_numpy(float)
    costs = numpy.hypot(*(at[:, None, :] - to[None]).transpose(2, 0, 1)) * DETOUR / 1000

    # The first HiGHS of a process presents itself on standard output, whatever it is told: not amid the table.
    highspy.Highs()
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("spopt", "pulp", "highspy"))
    print(f"\n{len(at)} cells with {figure(people.sum())} people × {len(to)} stores, {said.sites} sites; {versions}\n")
    print("| question | by | value | proven | gap | building, s | solving, s | both or whole command, s | processor, s |")
    print("|---|---|---|---|---|---|---|---|---|")
    wrong, ratios = [], []
    for objective in ("p-median", "mclp"):
        if said.only not in (None, objective):
            continue
        label = f"p-median, {said.sites}" if objective == "p-median" else f"MCLP {said.km:g} km, {said.sites}"
        unit = "person-km" if objective == "p-median" else "people"
        peer = run_peer(objective, costs, people, said.sites, said.km, said.gap)
        print(
            f"| {label} | spopt | {figure(peer['value'])} {unit} | {proven(peer['proven'])} | {percent(peer['gap'])} | "
            f"{peer['build']:.2f} | {peer['solve']:.2f} (HiGHS {peer['highs']:.2f}) | {peer['used'].seconds:.2f} | "
            f"{peer['used'].processor:.2f} |",
            flush=True,
        )
        if not said.binary:
            continue
        with tempfile.TemporaryDirectory() as folder:
            runs = run_ours(said, objective, folder)
        answer, solving = runs[0][0], statistics.median(run["seconds"] for run, _ in runs)
        whole, processor = (statistics.median(getattr(used, name) for _, used in runs) for name in ("seconds", "processor"))
        print(
            f"| {label} | Sotplan | {figure(answer['value'])} {unit} | {proven(answer['proven'])} | "
            f"{percent(answer['gap'])} | – | {solving:.3f} | {whole:.3f} | {processor:.3f} |",
            flush=True,
        )
        ratios.append((label, ratio(solving, peer["used"].seconds), ratio(whole, peer["used"].seconds)))
        if any(not agrees(run["value"], peer["value"]) for run, _ in runs):
            values = sorted({run["value"] for run, _ in runs})
            wrong.append(f"**THE VALUES DO NOT AGREE**: {label}: Sotplan {values}, spopt {peer['value']!r}")
        elif not (peer["proven"] and answer["proven"]):
            wrong.append(f"**NOT PROVEN BY BOTH**: {label}; the values agree")

    if not said.binary:
        return
    print("\n| question | solving ÷ spopt's building and solving | whole command ÷ spopt's building and solving |")
    print("|---|---|---|")
    for row in ratios:
        print(f"| {' | '.join(row)} |")
    if wrong:
        print("\n" + "\n\n".join(wrong))
        sys.exit(1)
    print("\nBoth proved every answer, and the values agree within a millionth.")


if __name__ == "__main__":
    main()
