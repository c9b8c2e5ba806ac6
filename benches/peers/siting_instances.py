"""Instances with known answers, and others of their kinds, solved by `sotplan solve`.

    python siting_instances.py --out FOLDER [--pmed FOLDER] [--spopt-sf FOLDER] [--mclp FOLDER] [--generate]
                               [--binary target/release/sotplan] [--only WORD]

Writes a folder for each instance: costs.csv (`site,demand,cost`; a pair that is missing cannot be served), demand.csv
(`demand,weight`) and meta.json, a list of the questions asked of these tables. With `--binary` every question in FOLDER
is asked, those of earlier runs too, and a Markdown table printed; the script fails where an answer that is called
proven is not the known one, where an answer is better than its own bound or a known optimum, and where a bound shuts
out what is known.

- `--pmed`: OR-Library p-median as `pmed*.npy` (row 0 begins with p, the rows after it are the table of distances) with
  `optima.json`; p-median and p-center
- `--spopt-sf`: 205 tracts of San Francisco × 16 stores, metres by road, from spopt, with `reference_optima.json`;
  weights are the people of the tracts
- `--mclp`: 2 713 places of New York, `NewYork.txt` with `NewYork_P_RADIUS.txt`; great circles on a sphere of
  6 378 100 m, by the cosine rule; the references are the best known, not proven
- `--generate`: the same sizes as pmed9 … pmed40, a clustered plane of 7 730 points, and cities: points where streets
  meet, people heavy-tailed, radius 400 … 800 m; same seed, same files. As Beasley's (1985) stored tables show, a graph is
  a chain through all points and random edges up to n²/50, lengths 1 … 100; between two points the last edge drawn
  counts. No answers are known
- `--cities N`: only N cities, of another seed each (`--seed`)

`--peer` asks HiGHS (PyPI `highspy`) the same of every MCLP, with the same time limit, building its model not counted:
see siting_highs.py. Its line stands below ours, and the script fails where its value or its bound is better.

Needs numpy; `--generate` scipy too.
"""

import argparse
import csv
import json
import pathlib
import re
import sys
import tempfile

import numpy

from siting_common import agrees, figure, percent, proven, run_json, solve_command

EARTH = 6_378_100

# n: the p of five (or four) instances in a row; the first has this number in OR-Library.
PMED_SIZES = {
    200: (9, (40, 67)),
    300: (11, (5, 10, 30, 60, 100)),
    400: (16, (5, 10, 40, 80, 133)),
    500: (21, (5, 10, 50, 100, 167)),
    600: (26, (5, 10, 60, 120, 200)),
    700: (31, (5, 10, 70, 140)),
    800: (35, (5, 10, 80)),
    900: (38, (5, 10, 90)),
}

# Points, radius in metres and sites of each generated city.
CITIES = ((2_700, 400, 50), (2_700, 400, 80), (4_000, 500, 50), (5_500, 800, 50), (6_500, 400, 100), (7_700, 600, 80))


# Writing


def question(objective, p=None, cutoff=None, reference=None, optimum=True, require_all=False, infeasible=False):
    """What is asked of an instance; `optimum` is false for a reference that is only the best known."""
    return {
        "objective": objective, "p": p, "cutoff": cutoff, "reference": reference, "optimum": optimum and reference is not None,
        "require_all": require_all, "infeasible": infeasible,
    }


def plain(values):
    """Numbers as the shortest text that reads back as the same number."""
    values = numpy.asarray(values, float)
    whole = (values == numpy.rint(values)).all()
    return list(map(str, values.astype(int).tolist())) if whole else list(map(repr, values.tolist()))


def write_instance(folder, rows, weights, questions):
    """`rows` gives for each site its id, and ids and costs of what it can serve, both as text."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "costs.csv", "w", encoding="utf-8", newline="") as file:
        file.write("site,demand,cost\n")
        for site, demands, costs in rows:
            file.write("".join([f"{site},{demand},{cost}\n" for demand, cost in zip(demands, costs)]))
    lines = [f"{demand},{weight}\n" for demand, weight in weights]
    (folder / "demand.csv").write_text("demand,weight\n" + "".join(lines), encoding="utf-8")
    (folder / "meta.json").write_text(json.dumps(questions, indent=1) + "\n", encoding="utf-8")
    print(f"{folder.name}: {len(lines)} demands, {len(questions)} questions", file=sys.stderr)


def table_rows(table):
    """Rows of a whole table, sites and demands numbered from 1."""
    ids = [str(number) for number in range(1, len(table) + 1)]
    return ((site, ids, plain(costs)) for site, costs in zip(ids, table))


def near_rows(neighbours):
    """Rows of (demands, costs) by site, numbered from 0."""
    return ((str(site), list(map(str, demands.tolist())), plain(costs)) for site, (demands, costs) in enumerate(neighbours))


# Sources


def write_pmed(source, out):
    optima = json.loads((source / "optima.json").read_text(encoding="utf-8"))
    for path in sorted(source.glob("pmed*.npy"), key=lambda path: int(path.stem[4:])):
        stored, number = numpy.load(path), path.stem[4:]
        table, p = stored[1:], int(stored[0, 0])
        if table.shape[0] != table.shape[1]:
            raise SystemExit(f"{path.name} is no square table: {table.shape}")
        questions = [
            question("p-median", p, reference=optima["p_median"].get(number)),
            question("p-center", p, reference=optima["p_center"].get(number)),
        ]
        write_instance(out / path.stem, table_rows(table), [(d, 1) for d in range(1, len(table) + 1)], questions)


def write_spopt_sf(source, out):
    known = json.loads((source / "reference_optima.json").read_text(encoding="utf-8"))
    (path,) = source.glob("SF_network_distance_*.csv")
    by_site, people = {site: ([], []) for site in known["sites"]}, {}
    # Tracts are named by text such as 060750479.01: as numbers they would lose their zeros.
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            tracts, costs = by_site[row["name"]]
            tracts.append(row["DestinationName"])
            costs.append(row["distance"])
            if people.setdefault(row["DestinationName"], row["demand"]) != row["demand"]:
                raise SystemExit(f"tract {row['DestinationName']} has two weights")
    if len(people) != known["n_demand"] or sum(map(float, people.values())) != known["demand_total"]:
        raise SystemExit(f"{path.name} is not what the references were made of: other tracts or weights")
    if any(len(tracts) != len(people) for tracts, _ in by_site.values()):
        raise SystemExit(f"{path.name} is not whole: not every store has every tract")

    questions = []
    for name, answer in known.items():
        if name.startswith(("p_median_p", "p_center_p")):
            objective, value = ("p-median", "weighted_sum") if "median" in name else ("p-center", "radius")
            questions.append(question(objective, int(name.rsplit("_p", 1)[1]), reference=answer[value]))
        elif match := re.fullmatch(r"mclp_p(\d+)_S(\d+)", name):
            questions.append(question("mclp", int(match[1]), int(match[2]), answer["covered"]))
        elif match := re.fullmatch(r"lscp_S(\d+)", name):
            least = answer["min_sites"]
            questions.append(
                question("lscp", cutoff=int(match[1]), reference=least, require_all=True, infeasible=least is None)
            )
    questions.sort(key=lambda asked: asked["objective"])
    rows = ((site, *pairs) for site, pairs in by_site.items())
    write_instance(out / "spopt-sf", rows, people.items(), questions)


def write_new_york(source, out):
    places, weights, section = [], [], None
    for line in (source / "NewYork.txt").read_text(encoding="utf-8").split("\n"):
        if line.strip().endswith("SECTION"):
            section = {"NODE_COORD_SECTION": places, "DEMAND_SECTION": weights}[line.strip()]
        elif section is not None and line.strip() not in ("", "EOF"):
            section.append(list(map(float, line.split())) if section is places else int(line))
    if len(places) != len(weights):
        raise SystemExit(f"NewYork.txt: {len(places)} places and {len(weights)} weights")

    best, radii = [], set()
    for path in source.glob("NewYork_*_*.txt"):
        p, radius = map(int, path.stem.split("_")[1:])
        head, sites = path.read_text(encoding="utf-8").split("\n")[:2]
        best.append((p, radius, int(head.split(":")[1]), [int(site) for site in sites.split(":")[1].split()]))
        radii.add(radius)
    lat, lon = numpy.radians(places).T
    neighbours = []
    for site in range(len(places)):
        cosine = numpy.sin(lat[site]) * numpy.sin(lat) + numpy.cos(lat[site]) * numpy.cos(lat) * numpy.cos(lon - lon[site])
        metres = EARTH * numpy.arccos(numpy.clip(cosine, -1, 1))
        # Rounding must not put a place away from itself.
        metres[site] = 0
        near = numpy.flatnonzero(metres <= max(radii))
        neighbours.append((near, metres[near]))

    questions = []
    for p, radius, covered, sites in sorted(best):
        reached = numpy.unique(numpy.concatenate([neighbours[site][0][neighbours[site][1] <= radius] for site in sites]))
        again = int(numpy.asarray(weights)[reached].sum())
        if again != covered or len(sites) != p:
            raise SystemExit(f"NewYork p {p}: {len(sites)} sites cover {again}, not {covered}: other distances than theirs")
        questions.append(question("mclp", p, radius, covered, optimum=False))
    write_instance(out / "new-york", near_rows(neighbours), enumerate(weights), questions)


# Generated


def pmed_table(n, random):
    """All-pairs shortest paths of a random graph of Beasley's kind."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    edges = {(point, point + 1): int(random.integers(1, 101)) for point in range(n - 1)}
    for _ in range(n * n // 50 - (n - 1)):
        a, b = sorted(random.choice(n, 2, replace=False).tolist())
        edges[a, b] = int(random.integers(1, 101))
    (a, b), lengths = numpy.array(list(edges)).T, list(edges.values())
    return dijkstra(coo_array((lengths, (a, b)), shape=(n, n)).tocsr(), directed=False)


def towns(n, random):
    """Points of towns in a plane, in metres, about as dense in all of them, and the people of each."""
    size = random.lognormal(0, 1, n // 100)
    middles = random.uniform(0, 60_000, (len(size), 2))
    town = random.choice(len(size), n, p=size / size.sum())
    points = middles[town] + random.normal(0, 1, (n, 2)) * 1_500 * numpy.sqrt(size[town])[:, None]
    return points, numpy.clip(numpy.rint(random.lognormal(3.5, 1, n)), 1, 600).astype(int)


def write_towns(out, n, reach, random):
    """`reach`: how many points half of them cover at least, and so the radius."""
    from scipy.spatial import cKDTree

    points, weights = towns(n, random)
    tree = cKDTree(points)
    radius = float(numpy.ceil(numpy.median(tree.query(points, [reach])[0])))
    neighbours = []
    for site, near in enumerate(tree.query_ball_point(points, radius, return_sorted=True)):
        near = numpy.asarray(near)
        neighbours.append((near, numpy.round(numpy.hypot(*(points[near] - points[site]).T), 3)))
    covers = [len(near) for near, _ in neighbours]
    middle = numpy.percentile(covers, (10, 50, 90))
    print("towns: a point covers {:.0f}, {:.0f}, {:.0f} (10, 50, 90 %)".format(*middle), file=sys.stderr)
    questions = [question("mclp", p, radius) for p in (50, 100, 200)]
    write_instance(out / f"towns-{n}", near_rows(neighbours), enumerate(weights.tolist()), questions)


def city(n, random):
    """Points of a city in metres, and their people: districts whose streets cross at a right angle, each its own way."""
    from scipy.spatial import cKDTree

    extent = 1.3 * 90 * n**0.5
    middles = random.uniform(-extent / 2, extent / 2, (max(6, n // 250), 2))
    district = cKDTree(middles)
    found = []
    for number, middle in enumerate(middles):
        across = random.uniform(65, 120)
        along = across * random.uniform(1, 2.2)
        angle = random.uniform(0, numpy.pi / 2)
        steps = numpy.arange(-extent, extent, 1.0)
        a, b = numpy.meshgrid(steps[:: max(1, round(across))], steps[:: max(1, round(along))])
        grid = numpy.c_[a.ravel(), b.ravel()]
        grid = grid + random.normal(0, 0.08 * across, grid.shape)
        turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
        grid = grid @ turn + middle
        grid = grid[random.uniform(size=len(grid)) > random.uniform(0.05, 0.35)]
        found.append(grid[district.query(grid)[1] == number])
    points = numpy.concatenate(found)
    # Neither round nor square: some directions reach farther.
    bearing = numpy.arctan2(points[:, 1], points[:, 0])
    waves = random.uniform(0, 2 * numpy.pi, 3)
    shape = 1 + sum(0.18 * numpy.cos((k + 1) * bearing + wave) for k, wave in enumerate(waves))
    points = points[numpy.argsort(numpy.hypot(*points.T) / shape)[:n]]
    level = numpy.exp(random.normal(0, 0.5, len(middles)))[district.query(points)[1]]
    weights = numpy.clip(numpy.rint(random.gamma(1.2, 480, len(points)) * level), 1, None)
    return points, weights.astype(int)


def write_city(out, name, size, random):
    from scipy.spatial import cKDTree

    n, radius, p = size
    points, weights = city(n, random)
    neighbours = []
    for site, near in enumerate(cKDTree(points).query_ball_point(points, radius, return_sorted=True)):
        near = numpy.asarray(near)
        neighbours.append((near, numpy.round(numpy.hypot(*(points[near] - points[site]).T), 3)))
    folder = out / f"city-{name}-{len(points)}-{radius}"
    write_instance(folder, near_rows(neighbours), enumerate(weights.tolist()), [question("mclp", p, radius)])


def write_cities(out, seed, count):
    for number in range(count):
        write_city(out, f"{seed}-{number}", CITIES[number % len(CITIES)], numpy.random.default_rng([seed, 77, number]))


def generate(out, seed):
    for n, (first, sizes) in PMED_SIZES.items():
        for number, p in enumerate(sizes, first):
            table = pmed_table(n, numpy.random.default_rng([seed, number]))
            questions = [question("p-median", p), question("p-center", p)]
            write_instance(out / f"like-pmed{number}", table_rows(table), [(d, 1) for d in range(1, n + 1)], questions)
    write_towns(out, 7_730, 40, numpy.random.default_rng([seed, 7_730]))
    write_cities(out, seed, len(CITIES))


# Solving


def sizes(folder):
    """Demands and sites of an instance."""
    with open(folder / "demand.csv", encoding="utf-8") as file:
        demands = sum(1 for _ in file) - 1
    with open(folder / "costs.csv", encoding="utf-8") as file:
        next(file)
        return demands, len({line.split(",", 1)[0] for line in file})


def ask_highs(folder, asked, limit):
    """HiGHS on the merged model of an instance."""
    import siting_highs

    with open(folder / "demand.csv", encoding="utf-8") as file:
        weights = {row["demand"]: int(float(row["weight"])) for row in csv.DictReader(file)}
    covers, numbers = {}, {}
    with open(folder / "costs.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            site = numbers.setdefault(row["site"], len(numbers))
            if float(row["cost"]) <= asked["cutoff"]:
                covers.setdefault(row["demand"], []).append(site)
    return siting_highs.solve(weights, covers, len(numbers), asked["p"], limit)


def judge(asked, answer):
    """What is wrong with an answer, if anything, and how it lies to the reference."""
    value, known = answer.get("value"), asked["reference"]
    found_none = value is None or answer.get("status") == "infeasible"
    if asked["infeasible"]:
        return ("", "none, as known") if found_none else ("an answer where there is none", "WRONG")
    if found_none:
        return f"no answer: {answer.get('status')}", "NONE"

    def better(one, other):
        return not agrees(one, other) and (one > other) == (asked["objective"] == "mclp")

    bound = answer.get("bound")
    if bound is not None and better(value, bound):
        return f"{value} is better than its bound {bound}", "WRONG"
    if answer.get("proven") and not agrees(value, bound):
        return f"{value} is called proven, but its bound is {bound}", "WRONG"
    if known is None:
        return "", "–"
    if bound is not None and better(known, bound):
        return f"{known} is known, but the bound is {bound}", "WRONG"
    if agrees(value, known):
        return "", "same"
    if better(value, known) and asked["optimum"]:
        return f"{value} is better than the optimum {known}", "WRONG"
    return "", f"{'better' if better(value, known) else 'worse'} by {abs(value - known) / known:.3%}"


def solve_all(binary, out, only, limit, extra, peer=False):
    """Markdown of every question in the folder. Is every answer right?"""
    print("| instance | n | p | objective | value | reference | | bound | gap | proven | seconds |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    solving = whole = 0.0
    asked_of, proved, wrong, worse = 0, 0, [], []

    def order(folder):
        return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", folder.name)]

    for folder in sorted((path.parent for path in out.glob("*/meta.json")), key=order):
        demands, sites = sizes(folder)
        n = str(demands) if demands == sites else f"{demands} × {sites}"
        for asked in json.loads((folder / "meta.json").read_text(encoding="utf-8")):
            if only and only not in f"{folder.name} {asked['objective']}":
                continue
            command = solve_command(
                binary, folder / "costs.csv", folder / "demand.csv", asked["objective"], asked["p"], asked["cutoff"],
                asked["require_all"], limit, extra,
            )
            answer, used = run_json(command, failing=True)
            fault, beside = judge(asked, answer)
            if fault:
                wrong.append(f"{folder.name} {asked['objective']} p {asked['p']}: {fault}")
            asked_of, proved = asked_of + 1, proved + bool(answer.get("proven"))
            solving, whole = solving + (answer.get("seconds") or 0), whole + used.seconds
            objective = asked["objective"] + (f" {figure(asked['cutoff'])}" if asked["cutoff"] is not None else "")
            print(
                f"| {folder.name} | {n} | {figure(asked['p'])} | {objective} | {figure(answer.get('value'))} | "
                f"{figure(asked['reference'])} | {beside} | {figure(answer.get('bound'))} | {percent(answer.get('gap'))} | "
                f"{proven(answer.get('proven'))} | {figure(answer.get('seconds'), 3)} |",
                flush=True,
            )
            if peer and asked["objective"] == "mclp":
                theirs = ask_highs(folder, asked, limit)
                gap = (theirs.bound - theirs.value) / theirs.bound if theirs.value is not None else None
                print(
                    f"| – the same, HiGHS | | | | {figure(theirs.value)} | | | {figure(theirs.bound)} | {percent(gap)} | "
                    f"{proven(theirs.proven)} | {figure(theirs.seconds, 3)} |",
                    flush=True,
                )
                name = f"{folder.name} p {asked['p']}"
                if theirs.value is not None and theirs.value > answer["value"] and not agrees(theirs.value, answer["value"]):
                    worse.append(f"{name}: HiGHS has {theirs.value}, we {answer['value']}")
                # HiGHS rounds its bound as it prints it; a whole value is not to be beaten by less than one.
                if theirs.bound < answer["bound"] - 1 and not agrees(theirs.bound, answer["bound"]):
                    worse.append(f"{name}: HiGHS has the bound {theirs.bound}, we {answer['bound']}")
    print(f"\n{asked_of} questions, {proved} proven; {solving:.2f} s of solving, {whole:.2f} s of the whole commands")
    for fault in wrong:
        print(f"\n**WRONG**: {fault}")
    for fault in worse:
        print(f"\n**WORSE**: {fault}")
    return not wrong and not worse


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--pmed", type=pathlib.Path, metavar="FOLDER")
    arguments.add_argument("--spopt-sf", type=pathlib.Path, metavar="FOLDER")
    arguments.add_argument("--mclp", type=pathlib.Path, metavar="FOLDER")
    arguments.add_argument("--generate", action="store_true")
    arguments.add_argument("--cities", type=int, default=0, metavar="N", help="generate so many cities alone")
    arguments.add_argument("--peer", action="store_true", help="ask HiGHS the same of every MCLP")
    arguments.add_argument("--seed", type=int, default=1985, help="of what is generated")
    arguments.add_argument("--out", type=pathlib.Path, metavar="FOLDER", help="where the instances are; else thrown away")
    arguments.add_argument("--binary", help="a release build of Sotplan; without it only the tables are written")
    arguments.add_argument("--time", metavar="SECONDS", type=float, help="for each question")
    arguments.add_argument("--only", metavar="WORD", help="only questions with this in their instance or objective")
    arguments.add_argument("extra", nargs="*", help="after --: more options of `sotplan solve`")
    said = arguments.parse_args()
    if not said.out and not said.binary:
        arguments.error("say --out, --binary or both")

    with tempfile.TemporaryDirectory() as scratch:
        out = said.out or pathlib.Path(scratch)
        for source, write in ((said.pmed, write_pmed), (said.spopt_sf, write_spopt_sf), (said.mclp, write_new_york)):
            if source:
                write(source, out)
        if said.generate:
            generate(out, said.seed)
        if said.cities:
            write_cities(out, said.seed, said.cities)
        if said.binary and not solve_all(said.binary, out, said.only, said.time, said.extra, said.peer):
            sys.exit(1)


if __name__ == "__main__":
    main()
