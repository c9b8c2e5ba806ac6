"""What the scripts that choose sites have in common: Sotplan's side of `site` and `solve`, and figures as text.

Not a script. Needs nothing but Python, so that a script with a small process can measure the memory of its child.
"""

import collections
import json
import math
import os
import subprocess
import tempfile
import time

# Both commands stop searching after so many seconds and say how good the answer surely is.
TIME_OPTION = "--time"


# Seconds by the clock and of processor, and the largest memory (Linux).
Used = collections.namedtuple("Used", "seconds processor megabytes")


def run_json(command, failing=False):
    """What a command with `--json` says, and what it used, measured from outside.

    `failing=True` takes a command that ends with an error too, if it says JSON; without any, its last line as `status`.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err)
        # Of this child alone; getrusage would give the largest of all so far.
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        text, complaint = (file.read().decode("utf-8", "replace").strip() for file in (out, err))
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    if said is None and failing and child.returncode > 0:
        said = {"status": (complaint or text or "no word").splitlines()[-1]}
    if said is None or (child.returncode != 0 and not failing):
        raise SystemExit(f"{' '.join(map(str, command))} failed ({child.returncode}): {text[-1000:]}{complaint[-2000:]}")
    return said, Used(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def site_command(binary, population, grocery, objective, sites, out, threshold=None, limit=None, extra=()):
    """`sotplan site` with groceries as the places to choose from."""
    command = [binary, "site", "--population", population, "--grocery", grocery, "--objective", objective]
    command += ["--sites", sites, "--out", out, "--json", *extra]
    for flag, value in (("--threshold", threshold), (TIME_OPTION, limit)):
        if value is not None:
            command += [flag, value]
    return command


def solve_command(binary, costs, demand, objective, sites=None, cutoff=None, require_all=False, limit=None, extra=()):
    """`sotplan solve` of a table of costs."""
    command = [binary, "solve", "--costs", costs, "--demand", demand, "--objective", objective, "--json", *extra]
    for flag, value in (("--sites", sites), ("--cutoff", cutoff), (TIME_OPTION, limit)):
        if value is not None:
            command += [flag, value]
    if require_all:
        command.append("--require-all")
    return command


def agrees(ours, theirs, relative=1e-6):
    """Are two values the same but for rounding?"""
    return ours is not None and theirs is not None and math.isclose(ours, theirs, rel_tol=relative)


def figure(value, decimals=1):
    """A figure for a table: thousands apart, whole numbers without decimals; – where there is none."""
    if value is None or value != value:
        return "–"
    return f"{value:,.{0 if value == round(value) else decimals}f}".replace(",", " ")


def percent(gap):
    return "–" if gap is None else f"{gap:.3%}"


def proven(said):
    return {True: "yes", False: "no"}.get(said, "–")


def ratio(ours, theirs):
    return f"{ours / theirs:.4f}" if theirs else "–"
