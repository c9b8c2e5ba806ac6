"""Do two builds write the same? Every file and every word of the command line, byte for byte.

    python same.py BEFORE AFTER --shared DATA [--keep FOLDER] [--only NAME …]
    python same.py BEFORE AFTER --shared DATA --rounds 9 --only sweden

Both programs make the same analyses, plans, tables and routes of the demo, Jämtland by straight line and by road,
Gotland, all of Sweden and the extracts of OpenStreetMap, each in a copy of DATA of its own, and what they write and
print is compared. What a clock says is left out (`seconds`, `elapsed`). Exit code 0 when all is equal, 1 when something
differs (with the first difference of each file), 2 when a program fails where the other does not.

With `--rounds` both take turns, and the medians of the stages' seconds (`seconds` of summary.json), of the whole command
and of the greatest memory stand side by side.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

KINDS = {"grocery": "grocery", "fuel": "fuel", "payment": "cash", "parcel": "parcel", "pharmacy": "pharmacy"}
JAMTLAND = (
    "--grocery jamtland/livsmedelsbutiker.geojson --fuel jamtland/drivmedel.geojson "
    "--pharmacy jamtland/apotek_kedjor.geojson --parcel jamtland/paketombud_2020.geojson "
    "--payment jamtland/kontant_bank.geojson --population jamtland/befolkning_1km_2024_rutor.geojson "
    "--areas jamtland/kommuner.geojson"
)
GOTLAND = (
    "--grocery gotland/grocery.geojson --fuel gotland/fuel.geojson --population gotland/befolkning_1km_2024.geojson"
)
SWEDEN = (
    " ".join(f"--{kind} sweden/{file}.geojson" for kind, file in KINDS.items())
    + " --population sweden/befolkning_1km_2024_epsg3006.gpkg --areas sweden/kommuner.geojson"
)
ROADS = "--roads jamtland/vagnat_syntetiskt.osm.pbf"
NVDB = "--roads gotland/nvdb_gotland_2024-01-01.gpkg"

RUNS = {
    "demo": "analyse --demo --out out",
    "demo-en": "analyse --demo --out out --lang en --json",
    "demo-swedish": "analyse --demo --out out --swedish-csv --threshold 20min",
    "demo-site": "site --demo --objective p-median --sites 5 --curve 6 --alternatives 3 --out out",
    "demo-cover": "site --demo --objective mclp --sites 4 --group rural-remote,rural --out out",
    "demo-center": "site --demo --objective p-center --sites 3 --out out --json",
    "jamtland": f"analyse {JAMTLAND} --out out",
    "jamtland-centroids": f"analyse {JAMTLAND.replace('_rutor', '_centroids')} --out out --lang en",
    "jamtland-gpkg": "analyse --grocery jamtland/jamtland_epsg3006.gpkg|layername=livsmedelsbutiker "
    "--population jamtland/befolkning_1km_2024_rutor.geojson --areas jamtland/kommuner.geojson --out out",
    "jamtland-road": f"analyse {JAMTLAND} {ROADS} --out out",
    "jamtland-shortest": f"analyse {JAMTLAND} {ROADS} --cost distance --threshold 10km --out out --lang en",
    "jamtland-site": f"site {JAMTLAND} {ROADS} --objective mclp --sites 9 --out out",
    "jamtland-lscp": f"site {JAMTLAND} --objective lscp --threshold 40km --out out",
    "jamtland-travel": "travel --from jamtland/livsmedelsbutiker.geojson --to jamtland/drivmedel.geojson "
    f"{ROADS} --k 3 --out out/travel.csv",
    "gotland": f"analyse {GOTLAND} --out out",
    "gotland-road": f"analyse {GOTLAND} {NVDB} --out out",
    "gotland-pipos": f"analyse {GOTLAND} {NVDB} --speeds pipos --out out --lang en",
    "gotland-travel": "travel --from gotland/befolkning_1km_2024.geojson --to gotland/grocery.geojson "
    f"{NVDB} --speeds pipos --k 1 --cost distance --out out/travel.csv",
    "gotland-site": f"site {GOTLAND} {NVDB} --objective p-median --sites 5 --group rural --out out",
    "sweden": f"analyse {SWEDEN} --out out",
    "andorra": "travel --from osm/andorra.osm.pbf --to osm/andorra.osm.pbf --roads osm/andorra.osm.pbf "
    "--k 2 --out out/travel.csv",
    "help": "--help",
    "help-analyse": "analyse --help",
    "help-site": "site --help",
    "no-file": "analyse --grocery jamtland/none.geojson --population jamtland/lan.geojson --out out",
    "no-places": "analyse --grocery sweden/lan.geojson --population sweden/lan.geojson --out out",
}

CLOCK = re.compile(rb'("(?:seconds|elapsed)"\s*:\s*)(?:\{[^}]*\}|[0-9.eE+-]+)')


def run(binary, words, folder, out):
    """Runs a command in a folder, and returns its exit code, what it printed and the files it wrote, by name."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    started = time.perf_counter()
    done = subprocess.run([binary, *words.split()], cwd=folder, capture_output=True, check=False)
    took = time.perf_counter() - started
    said = {"(printed)": done.stdout, "(messages)": done.stderr}
    said |= {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}
    name = pathlib.Path(binary).name.encode()
    said = {file: CLOCK.sub(rb"\1_", text) for file, text in said.items()}
    for file in ("(printed)", "(messages)"):
        said[file] = re.sub(rb"\b" + re.escape(name) + rb"\b", b"sotplan", said[file])
    return done.returncode, said, took


def timed(binary, words, folder, out):
    """Seconds by stage, of the whole command, and its greatest memory in MB."""
    shutil.rmtree(out, ignore_errors=True)
    started = time.perf_counter()
    process = subprocess.Popen(
        [binary, *words.split()], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(process.pid, 0)
    figures = {"whole command": time.perf_counter() - started, "memory, MB": usage.ru_maxrss / 1024}
    summary = out / "summary.json"
    stages = json.loads(summary.read_bytes()).get("seconds") if summary.exists() else None
    return figures | (stages if isinstance(stages, dict) else {})


def pair(binaries, folders, name, rounds):
    """Prints the medians of both, taking turns."""
    figures = [[], []]
    for turn in range(rounds + 1):
        for side in (0, 1) if turn % 2 else (1, 0):
            taken = timed(binaries[side], RUNS[name], folders[side], folders[side] / "out")
            # The first round only fills the caches.
            if turn:
                figures[side].append(taken)
    print(f"| {name}, {rounds} rounds | before | after | before / after |\n|---|---|---|---|")
    for figure in figures[0][0]:
        before, after = (statistics.median(taken[figure] for taken in side) for side in figures)
        ratio = f"{before / after:.2f}" if after else "–"
        print(f"| {figure} | {before:.4g} | {after:.4g} | {ratio} |")


def first_difference(old, new):
    """The first line that differs, of both."""
    before, after = old.splitlines(), new.splitlines()
    for number, (a, b) in enumerate(zip(before, after), 1):
        if a != b:
            at = next((ix for ix, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
            start = max(0, at - 60)
            cut = [text[start : at + 100].decode("utf-8", "replace") for text in (a, b)]
            return f"line {number}, column {at + 1}\n    - {cut[0]}\n    + {cut[1]}"
    return f"{len(before)} lines before, {len(after)} after"


def main():
    """Runs all, prints what differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after")
    parser.add_argument("--shared", required=True, help="the folder of data")
    parser.add_argument("--keep", help="a folder for the copies of the data, used again if it is there")
    parser.add_argument("--rounds", type=int, help="take times, so many of each, instead of comparing")
    parser.add_argument("--only", nargs="*", help="names of runs")
    said = parser.parse_args()
    keep = pathlib.Path(said.keep or tempfile.mkdtemp(prefix="same-"))
    folders = [keep / "before", keep / "after"]
    for folder in folders:
        if not folder.exists():
            leave = shutil.ignore_patterns("*.sotplan-*", "geojson-conformance", "formats", "basemap", "optimise")
            shutil.copytree(said.shared, folder, ignore=leave)
    binaries = [str(pathlib.Path(binary).resolve()) for binary in (said.before, said.after)]
    differ = failed = files = size = 0
    for name, words in RUNS.items():
        if said.only and name not in said.only:
            continue
        if said.rounds:
            pair(binaries, folders, name, said.rounds)
            continue
        (code, old, took), (other, new, took_after) = (
            run(binary, words, folder, folder / "out") for binary, folder in zip(binaries, folders)
        )
        lines = []
        if code != other:
            failed += 1
            lines.append(f"  ends with {code} before, {other} after: {new['(messages)'].decode()[-300:]}")
        for file in sorted(old.keys() | new.keys()):
            files += 1
            size += len(old.get(file, b""))
            if file not in old or file not in new:
                lines.append(f"  {file}: only {'after' if file in new else 'before'}")
            elif old[file] != new[file]:
                lines.append(f"  {file}: {first_difference(old[file], new[file])}")
        differ += bool(lines)
        print(
            f"{name:20} {'differs' if lines else 'same':8} {len(old)} files, {took:.2f} s → {took_after:.2f} s",
            flush=True,
        )
        print("\n".join(lines), end="\n" if lines else "")
    if not said.rounds:
        print(f"{files} files and texts, {size / 1e6:.1f} MB; {differ} runs differ")
    if not said.keep:
        shutil.rmtree(keep)
    sys.exit(2 if failed else 1 if differ else 0)


if __name__ == "__main__":
    main()
