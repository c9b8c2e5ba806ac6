"""Is a saved project a GeoPackage that other programs open whole?

    python geopackage_check.py --run target/release/sotplan [--project FILE.gpkg] [--pictures FOLDER]

Without `--project` the program writes one of its example (`sotplan new … --demo`). Asked are programs that know nothing of
Sotplan; each that is not there is named as not asked:
- `geopackage-validator` of PDOK (PyPI `pdok-geopackage-validator`, needs the Python bindings of GDAL): its requirements, but
  for those in NOT_OURS, each with its reason. What it says of those is printed.
- `ogrinfo` of GDAL: every table listed by the file opens, with EPSG:3006 and as many rows as SQLite counts
- pyogrio and geopandas: the same, all shapes valid, the letters å, ä and ö whole, bounds as the file's list has them
- SQLite: integrity, foreign keys, every R-tree
- lxml: every style of `layer_styles` is XML that begins as QGIS' own and names symbols that it has
- QGIS, where `import qgis.core` works (its Python, say /usr/bin/python3): the default style of each table is found by
  QGIS itself, is applied without a complaint, and with `--pictures` each layer is drawn

Ends with 1 if anything was found. Not part of the tests: it needs programs that they do not. See docs/development.md.
"""

import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

NOT_OURS = {
    "RQ6": "columns of the files that were read keep their names, whatever letters and capitals they have",
    "RQ22": "PDOK is Dutch: its list of systems has none of Sweden's",
    "RQ24": "who lives in no area, and a place of a plan that is gone, have a row without a place: no row is dropped",
}
LEGACY = {"RQ0", "RQ3", "RQ5", "RQ8", "RQ12", "RQ16"}

ASK_QGIS = """
import json, os, sys
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (Qgis, QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsVectorLayer)
from qgis.PyQt.QtCore import QSize
path, tables, pictures = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
app = QgsApplication([], False)
app.initQgis()
found = []
for table in tables:
    layer = QgsVectorLayer(f"{path}|layername={table}", table, "ogr")
    if not layer.isValid():
        found.append(f"QGIS: {table} does not open")
        continue
    message, was_found = layer.loadDefaultStyle()
    if not was_found:
        found.append(f"QGIS: {table} has no default style ({message})")
    renderer = layer.renderer()
    if renderer is None:
        found.append(f"QGIS: {table} is not drawn")
        continue
    if renderer.type() != "RuleRenderer":
        found.append(f"QGIS: {table} is drawn by {renderer.type()}")
        continue
    rules = renderer.rootRule().children()
    if not rules or any(rule.symbol() is None or rule.symbol().symbolLayerCount() == 0 for rule in rules):
        found.append(f"QGIS: {table} has a rule without a symbol")
    for rule in rules:
        if rule.filter() and rule.filter().hasParserError():
            found.append(f"QGIS: {table}, {rule.label()}: {rule.filter().parserErrorString()}")
    # Each feature with a place is drawn by one rule, but where a rule is unticked.
    print(f"QGIS {Qgis.QGIS_VERSION}: {table}: {layer.featureCount()} rows, {layer.crs().authid()}: "
          + "; ".join(rule.label() for rule in rules))
    if pictures and not layer.extent().isNull():
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(layer.extent().buffered(2000))
        settings.setOutputSize(QSize(900, 900))
        job = QgsMapRendererSequentialJob(settings)
        job.start()
        job.waitForFinished()
        job.renderedImage().save(os.path.join(pictures, f"{table}.png"))
        found.extend(f"QGIS: {table}: {error.message}" for error in job.errors())
print("FOUND" + json.dumps(found))
app.exitQgis()
"""


def by_validator(path):
    program = shutil.which("geopackage-validator") or str(pathlib.Path(sys.executable).with_name("geopackage-validator"))
    if not pathlib.Path(program).exists():
        return None
    rules = json.loads(subprocess.run([program, "show-validations"], capture_output=True, text=True, check=True).stdout)
    found = []
    for rule in sorted(set(rules) - LEGACY):
        asked = [program, "validate", "--gpkg-path", str(path), "--validations", rule]
        told = json.loads(subprocess.run(asked, capture_output=True, text=True).stdout)
        for result in told["results"]:
            text = f"{rule} {rules[rule]}: " + "; ".join(result["locations"][:4])
            if rule in NOT_OURS:
                print(f"validator, not asked of ours ({NOT_OURS[rule]}): {text}")
            else:
                found.append(f"validator: {text}")
    return found


def by_ogrinfo(path, tables):
    if shutil.which("ogrinfo") is None:
        return None
    found = []
    for table, (_, rows, _) in tables.items():
        done = subprocess.run(["ogrinfo", "-so", "-ro", str(path), table], capture_output=True, text=True)
        if done.returncode or "ERROR" in done.stderr or "Warning" in done.stderr:
            found.append(f"ogrinfo: {table}: {done.stderr.strip()}")
        if f"Feature Count: {rows}\n" not in done.stdout:
            found.append(f"ogrinfo: {table} has not {rows} rows")
        if 'ID["EPSG",3006]' not in done.stdout:
            found.append(f"ogrinfo: {table} is not in EPSG:3006")
    return found


def by_geopandas(path, tables):
    try:
        import geopandas
        import numpy
        import pyogrio
    except ImportError:
        return None
    found = []
    listed = {name for name, _ in pyogrio.list_layers(str(path))}
    for table, (_, rows, bounds) in tables.items():
        if table not in listed:
            found.append(f"pyogrio does not list {table}")
        frame = geopandas.read_file(path, layer=table, engine="pyogrio")
        placed = frame[frame.geometry.notna()]
        if len(frame) != rows or frame.crs is None or frame.crs.to_epsg() != 3006:
            found.append(f"geopandas: {table}: {len(frame)} of {rows} rows, {frame.crs}")
        if not placed.geometry.is_valid.all():
            found.append(f"geopandas: {table} has shapes that are not valid")
        if placed.geometry.is_empty.any():
            found.append(f"geopandas: {table} has empty shapes")
        # A table none of whose rows has a place has no bounds.
        is_bounded = len(placed) > 0
        if is_bounded != (None not in bounds) or is_bounded and not numpy.allclose(placed.total_bounds, bounds, 0, 1e-6):
            found.append(f"geopandas: {table}: bounds {placed.total_bounds}, listed {bounds}")
        text = frame.drop(columns=frame.geometry.name).to_csv()
        if "\N{REPLACEMENT CHARACTER}" in text or "Ã¥" in text:
            found.append(f"geopandas: {table} has broken letters")
        kinds = ", ".join(sorted(set(placed.geom_type)))
        print(f"geopandas: {table}: {len(frame)} rows, {kinds}, letters åäö: {any(c in text for c in 'åäöÅÄÖ')}")
    return found


def by_sqlite(path, tables):
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = [f"SQLite: {row}" for row in file.execute("PRAGMA integrity_check") if row != ("ok",)]
    found += [f"SQLite: foreign key {row}" for row in file.execute("PRAGMA foreign_key_check")]
    for table, (geometry, _, _) in tables.items():
        index = f"rtree_{table}_{geometry}"
        (said,) = file.execute("SELECT rtreecheck(?)", [index]).fetchone()
        (missing,) = file.execute(f'SELECT count({geometry}) - (SELECT count(*) FROM "{index}") FROM "{table}"').fetchone()
        if said != "ok" or missing:
            found.append(f"SQLite: {index}: {said}, {missing} missing")
    return found


def by_lxml(path):
    try:
        from lxml import etree
    except ImportError:
        return None
    found = []
    file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for table, name, qml in file.execute("SELECT f_table_name, styleName, styleQML FROM layer_styles"):
        try:
            tree = etree.fromstring(qml.encode(), etree.XMLParser(load_dtd=False, no_network=True))
        except etree.XMLSyntaxError as error:
            found.append(f"lxml: {table}, {name}: {error}")
            continue
        kind = tree.getroottree().docinfo
        named = {rule.get("symbol") for rule in tree.iter("rule")}
        symbols = {symbol.get("name") for symbol in tree.iter("symbol")}
        if kind.root_name != "qgis" or named != symbols:
            found.append(f"lxml: {table}, {name}: {kind.doctype}, symbols {named} and {symbols}")
    return found


def by_qgis(path, tables, pictures):
    for python in (sys.executable, "/usr/bin/python3"):
        has = subprocess.run([python, "-c", "import qgis.core"], capture_output=True)
        if has.returncode == 0:
            break
    else:
        return None
    # QGIS writes beside a file that it opens: it gets a copy.
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copy(path, folder)
        asked = [python, "-c", ASK_QGIS, copy, json.dumps(list(tables)), pictures or ""]
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=folder)
        done = subprocess.run(asked, capture_output=True, text=True, env=environment)
    told = [line for line in done.stdout.splitlines() if line.startswith("FOUND")]
    print("\n".join(line for line in done.stdout.splitlines() if not line.startswith("FOUND")))
    return json.loads(told[0][5:]) if told else [f"QGIS ended: {done.stderr.strip()[-400:]}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", required=True, help="the program")
    parser.add_argument("--project", help="a saved project; else one of the example is written")
    parser.add_argument("--pictures", help="a folder for what QGIS draws")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(said.project or pathlib.Path(folder) / "exempel.gpkg").resolve()
        if said.project is None:
            subprocess.run([said.run, "new", str(path), "--demo"], check=True)
        told = json.loads(subprocess.run([said.run, "info", str(path), "--json"], capture_output=True, check=True).stdout)
        file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        listed = file.execute(
            "SELECT c.table_name, g.column_name, c.min_x, c.min_y, c.max_x, c.max_y "
            "FROM gpkg_contents c JOIN gpkg_geometry_columns g USING (table_name) ORDER BY 1"
        ).fetchall()
        count = lambda table: file.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        tables = {table: (geometry, count(table), bounds) for table, geometry, *bounds in listed}
        own = {table["table"]: table["rows"] for table in told[0]["result_tables"]}
        found = [f"info tells {own[table]} rows of {table}" for table in tables if own.get(table) != tables[table][1]]
        answers = {
            "geopackage-validator": by_validator(path),
            "ogrinfo": by_ogrinfo(path, tables),
            "pyogrio and geopandas": by_geopandas(path, tables),
            "SQLite": by_sqlite(path, tables),
            "lxml": by_lxml(path),
            "QGIS": by_qgis(path, tables, said.pictures),
        }
    for name, answer in answers.items():
        print(f"{name}: " + ("not asked: it is not there" if answer is None else f"{len(answer)} found"))
        found += answer or []
    print("\n".join(found) or "nothing found")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
