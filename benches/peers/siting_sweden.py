"""What does choosing among all the groceries of a country cost, in seconds and memory, and how good is the answer?

    python siting_sweden.py target/release/sotplan CELLS STORES [--sites 100] [--threshold 20km] [--time 60]

`sotplan site` for every population cell of Sweden (1 km, 103 464) and its groceries (about 2 900): the most people
within the threshold, and the p-median. Prints Markdown. There is no peer: a model of 300 million pairs does not fit in
the memory of one.

Counted are the whole command from outside, with reading, measuring and writing; `seconds`, its solving by its own word;
and its largest memory (Linux). The gap is the program's own: how much better another choice could be at most.
Needs nothing but Python.
"""

import argparse
import sys
import tempfile

from siting_common import figure, percent, proven, run_json, site_command


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("binary", "cells", "stores"):
        arguments.add_argument(name, metavar=name.upper())
    arguments.add_argument("--sites", type=int, default=100)
    arguments.add_argument("--threshold", default="20km", help="of the MCLP")
    arguments.add_argument("--time", metavar="SECONDS", type=float, default=60, help="of the search")
    arguments.add_argument("--objective", action="append", help="several can be said; else mclp and p-median")
    arguments.add_argument("extra", nargs="*", help="after --: more options of `sotplan site`")
    said = arguments.parse_args()

    print(f"{said.sites} sites, search at most {said.time:g} s\n")
    print("| objective | value | bound | gap | proven | solving, s | whole command, s | processor, s | memory, MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    failed = False
    for objective in said.objective or ("mclp", "p-median"):
        threshold = said.threshold if objective not in ("p-median", "p-center") else None
        with tempfile.TemporaryDirectory() as folder:
            command = site_command(
                said.binary, said.cells, said.stores, objective, said.sites, folder, threshold, said.time, said.extra
            )
            answer, used = run_json(command, failing=True)
        if answer.get("value") is None:
            failed = True
            print(f"{objective}: no answer: {answer.get('status')}", file=sys.stderr)
        label = f"{objective} {threshold}" if threshold else objective
        print(
            f"| {label} | {figure(answer.get('value'))} | {figure(answer.get('bound'))} | {percent(answer.get('gap'))} | "
            f"{proven(answer.get('proven'))} | {figure(answer.get('seconds'), 2)} | {used.seconds:.2f} | "
            f"{used.processor:.2f} | {used.megabytes:.0f} |",
            flush=True,
        )
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
