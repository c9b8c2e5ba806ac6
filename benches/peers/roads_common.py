"""What the scripts that measure roads have in common: points in and out, the peer OSRM, and Sotplan's side.

Not a script. Needs geopandas and numpy; the parts that use OSRM need osrm-bindings (PyPI), which brings the
programs that prepare a network and the profile `car.lua`.
"""

import csv
import json
import pathlib
import re
import resource
import shlex
import shutil
import subprocess
import sys
import time

import numpy

PROJECT = pathlib.Path(__file__).resolve().parents[2]
BENCH = "cargo bench --bench roads --"


def write_points(path, points):
    """GeoJSON of (id, name, lon, lat)."""
    features = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"id": number, "name": name},
            "geometry": {"type": "Point", "coordinates": [round(lon, 7), round(lat, 7)]},
        }
        for number, name, lon, lat in points
    ]
    pathlib.Path(path).write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def read_centroids(path):
    """Longitudes and latitudes of a file's features, polygons at their centroids."""
    import geopandas

    frame = geopandas.read_file(path)
    frame = frame[~(frame.geometry.is_empty | frame.geometry.isna())]
    if (frame.geom_type == "Point").all():
        centroids = frame.geometry.to_crs(4326)
    else:
        centroids = frame.geometry.to_crs(frame.estimate_utm_crs()).centroid.to_crs(4326)
    return numpy.column_stack([centroids.x, centroids.y])


def numbered(places, letter):
    """Points for `write_points`; their ids are the letter and the row."""
    return [(f"{letter}{row}", f"{letter}{row}", lon, lat) for row, (lon, lat) in enumerate(places)]


def spread(places, count):
    """`count` of the rows, evenly over the file; all of them if there are fewer or `count` is 0."""
    if not count or count >= len(places):
        return places
    return places[numpy.linspace(0, len(places) - 1, count).round().astype(int)]


def metres_between(a, b):
    """Great-circle metres between rows of lon, lat."""
    lon_a, lat_a = numpy.radians(numpy.asarray(a, float)).T
    lon_b, lat_b = numpy.radians(numpy.asarray(b, float)).T
    h = numpy.sin((lat_b - lat_a) / 2) ** 2
    h += numpy.cos(lat_a) * numpy.cos(lat_b) * numpy.sin((lon_b - lon_a) / 2) ** 2
    return 2 * 6_371_008.8 * numpy.arcsin(numpy.sqrt(h))


# OSRM


def osrm_prepare(roads, folder, algorithm="CH", exclude=True):
    """Makes a network ready in `folder`. The path that `osrm_engine` takes, then seconds, processor seconds and MB by step.

    `exclude=False` takes the choices to avoid tolls, motorways and ferries out of the profile: for each of them OSRM
    contracts the network once more.
    """
    import osrm

    package = pathlib.Path(osrm.__file__).parent
    base = pathlib.Path(folder) / "network.osrm"
    profiles = package / "share" / "profiles"
    if not exclude:
        profiles = shutil.copytree(profiles, pathlib.Path(folder) / "profiles")
        car = (profiles / "car.lua").read_text(encoding="utf-8")
        without, changed = re.subn(r"excludable = Sequence \{.*?\n    \},", "excludable = Sequence {},", car, flags=re.DOTALL)
        if changed != 1:
            raise SystemExit("this version's car.lua says `excludable` in another way")
        (profiles / "car.lua").write_text(without, encoding="utf-8")
    steps = {"extract": ["osrm-extract", "-p", str(profiles / "car.lua"), "-o", str(base), str(roads)]}
    for step in {"CH": ("contract",), "MLD": ("partition", "customize")}[algorithm]:
        steps[step] = [f"osrm-{step}", str(base)]
    seconds, busy, megabytes = {}, {}, {}
    for step, (program, *rest) in steps.items():
        started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([str(package / "bin" / program), *rest], capture_output=True, text=True)
        seconds[step], after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        busy[step] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if done.returncode != 0:
            raise SystemExit(f"{program} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        # A child's ru_maxrss starts at its parent's size, so the program's own word is taken.
        peak = re.search(r"peak bytes used: (\d+)", done.stdout + done.stderr)
        megabytes[step] = int(peak.group(1)) / 2**20 if peak else float("nan")
        print(f"{program}: {seconds[step]:.2f} s ({busy[step]:.2f} s of processor), {megabytes[step]:.0f} MB", file=sys.stderr)
    return base, seconds, busy, megabytes


def osrm_engine(base, algorithm="CH", locations=1_000_000):
    """The engine in this process. Said by keywords, it looks for shared memory unless told not to."""
    import osrm

    return osrm.OSRM(
        storage_config=str(base), algorithm=algorithm, use_shared_memory=False, max_locations_distance_table=locations
    )


def osrm_table(engine, sources, targets, annotations, waypoints=True):
    """The answer of OSRM's table and the seconds it took; tables are still OSRM's own objects."""
    import osrm

    places = [tuple(map(float, place)) for place in (*sources, *targets)]
    asked = osrm.TableParameters(
        coordinates=places,
        sources=list(range(len(sources))),
        destinations=list(range(len(sources), len(places))),
        annotations=annotations,
        generate_hints=False,
    )
    asked.skip_waypoints = not waypoints
    started = time.perf_counter()
    answer = engine.Table(asked)
    return answer, time.perf_counter() - started


def osrm_array(table):
    """A table as an array; NaN where there is no route."""
    return numpy.array([list(row) for row in table], dtype=float)


# Sotplan


def run_bench(command, roads, cells, sites, k):
    """The phases of Sotplan's own benchmark, run in the project's folder."""
    full = shlex.split(command)
    for flag, path in (("--roads", roads), ("--cells", cells), ("--sites", sites)):
        full += [flag, str(pathlib.Path(path).resolve())]
    full += ["--k", str(k), "--json"]
    done = subprocess.run(full, cwd=PROJECT, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.lstrip().startswith("{")]
    if done.returncode != 0 or not lines:
        raise SystemExit(f"{' '.join(full)} failed: {done.stdout[-1000:]}{done.stderr[-2000:]}")
    return json.loads(lines[-1])


def run_travel(binary, roads, sources, targets, out, extra=()):
    """Sotplan's costs by (from_id, to_id), and the seconds of the whole command measured from outside."""
    command = [str(binary), "travel", "--roads", str(roads), "--from", str(sources), "--to", str(targets)]
    command += ["--out", str(out), *extra]
    started = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed: {done.stdout[-1000:]}{done.stderr[-2000:]}")
    with open(out, encoding="utf-8-sig", newline="") as file:
        return {(row["from_id"], row["to_id"]): row for row in csv.DictReader(file)}, seconds


def number(text):
    """A figure of a CSV cell; NaN where it is empty or missing."""
    return float(text) if text not in (None, "") else float("nan")


def ratio(ours, theirs):
    return f"{ours / theirs:.3f}" if theirs else "–"
