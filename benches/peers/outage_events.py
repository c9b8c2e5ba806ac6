"""Does `sotplan outage` count right? Random outages, each played through event by event, and compared hour by hour.

    python outage_events.py BINARY [--scenarios 50] [--seed 1] [--jobs 2] [--keep FOLDER] [--data FOLDER]

BINARY is sotplan. It makes random scenarios (areas everywhere, of municipalities or of random polygons, one to three with
other beginnings, durations, faults and steps of restoration; season; fuel that is brought; places added and removed;
other assumptions and dependencies), writes each as a file, and has the program compute ten at a time, by straight line.
Every other ten are of the demo as it is (`--demo`), the others of its files with facts added to shops, stations and SOT
places: tanks, consumption, when a set starts, when it is refuelled, by-hand routines, staff, goods, channels.
Exit code 0 when all is equal, 1 when something differs (the first in full), 2 when the program refuses a scenario.
Needs Python 3.10 or later and nothing else. A thousand scenarios take about a quarter of an hour on two free cores.

It shares neither code nor method with the program, which computes with spans of time. Here every place is a machine with a
clock: the grid goes, a battery counts down, a set starts, burns, stands still and is fuelled, what hangs on a part falls
after its delay and comes back after its recovery. The clock jumps from event to event. Each hour is then counted cell by
cell: which places that work stand within 10 km, straight line × 1.3, in SWEREF 99 TM (Krüger's series, below). The rules
are those of docs/outage.md; the table of dependencies is typed anew.

What is compared, for sure and at best
- hours.csv: every hour, kind and group (everyone and the three of countryside): all, supplied, of these with limits,
  beyond, without value
- clocks.csv: every place and kind, every change to the minute: state, limits, cause; whether it has own power, and the
  hours that its tank lasts
- municipalities.csv and hour-*.geojson of one hour: people by municipality; the state of each cell, its nearest working
  place and the way there
- JSON: everyday, places that work in each hour, people at home without power, mobile network, water or heat in each hour,
  people-hours during the outage
Not compared: roads closed for a time (by straight line they close nothing: some scenarios have them, and nothing may
change), the fuel plan, sensitivity, the best places.
"""

import argparse
import array
import csv
import functools
import heapq
import itertools
import json
import math
import multiprocessing
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

HOURS = 169
THRESHOLD_M = 10_000.0
DETOUR = 1.3
SPEED_KMH = 70.0
# What separates lengths below a millimetre is arithmetic.
EQUAL_M = 1e-3
# Corners of cells are rounded to six decimals of a degree: the program's centres lie so far from the round ones here.
ROUNDED_M = 0.2
BATCH = 10

SERVICES = ("rescue", "payment", "parcel", "pharmacy", "fuel", "grocery", "sot")
NEEDS = ("grocery", "fuel", "payment", "information", "pharmacy", "warm_room", "sot", "parcel", "rescue")
GROUPS = ("everyone", "rural-remote", "rural", "locality")
SERVING = ("in_place", "in_operation", "inaugurated")
FAULTS = {"power": "grid", "mobile": "mobile_net", "fixed": "fixed_net", "water": "water_mains",
          "deliveries": "deliveries"}
LIMITS = ("cash_only", "no_cold", "by_hand", "no_contact", "no_water", "no_prescriptions")
WORKS, LIMITED, STOPPED, ABSENT = 0, 1, 2, 3
LEVELS = ("works", "limited", "stopped")

# In the order in which parts are found out.
PARTS = ("electricity", "mobile", "fixed", "staff", "telecom", "cold", "tills", "cards", "pumps", "water", "heat",
         "goods", "stock")

# From, to, what the loss does, hours until it does: least, most.
TABLE = (
    ("grid", "electricity", "stops", 0, 0),
    ("grid", "mobile", "stops", 4, 8),
    ("mobile_net", "mobile", "stops", 0, 0),
    ("grid", "fixed", "stops", 0, 4),
    ("fixed_net", "fixed", "stops", 0, 0),
    ("electricity", "fixed", "stops", 0, 0),
    ("grid", "staff", "stops", None, None),
    ("mobile", "telecom", "stops", 0, 0),
    ("fixed", "telecom", "stops", 0, 0),
    ("electricity", "cold", "stops", 4, 24),
    ("electricity", "tills", "stops", 0, 1),
    ("electricity", "pumps", "stops", 0, 0),
    ("grid", "water", "stops", 4, 24),
    ("water_mains", "water", "stops", 0, 0),
    ("electricity", "heat", "stops", 4, 12),
    ("deliveries", "goods", "stops", 72, 168),
    ("deliveries", "stock", "stops", 48, 120),
    ("electricity", "cards", "stops", 0, 0),
    ("telecom", "cards", "stops", 0, 0),
    ("tills", "grocery", "stops", 0, 0),
    ("staff", "grocery", "stops", 0, 0),
    ("goods", "grocery", "stops", 0, 0),
    ("cards", "grocery", "cash_only", 0, 0),
    ("cold", "grocery", "no_cold", 0, 0),
    ("pumps", "fuel", "stops", 0, 0),
    ("stock", "fuel", "stops", 0, 0),
    ("cards", "fuel", "stops", 0, 0),
    ("tills", "pharmacy", "stops", 0, 0),
    ("staff", "pharmacy", "stops", 0, 0),
    ("goods", "pharmacy", "stops", 0, 0),
    ("telecom", "pharmacy", "no_prescriptions", 0, 0),
    ("tills", "parcel", "stops", 0, 0),
    ("staff", "parcel", "stops", 0, 0),
    ("telecom", "parcel", "by_hand", 0, 0),
    ("cards", "payment", "stops", 0, 0),
    ("telecom", "rescue", "no_contact", 0, 0),
    ("electricity", "sot", "stops", 0, 0),
    ("staff", "sot", "stops", 0, 0),
    ("electricity", "information", "stops", 0, 0),
    ("staff", "information", "stops", 0, 0),
    ("telecom", "information", "no_contact", 0, 0),
    ("heat", "warm_room", "stops", 0, 0),
    ("staff", "warm_room", "stops", 0, 0),
    ("water", "warm_room", "no_water", 0, 0),
)
IN_LOCALITY = {("grid", "mobile"): (1, 2)}
RECOVERY_H = {("electricity", "cold"): 24}
# Cash box, paper and hand pump help where one of these stops.
BY_HAND = {("tills", "grocery"), ("pumps", "fuel"), ("cards", "fuel"), ("tills", "pharmacy"), ("tills", "parcel")}
WINTER_ONLY = {("electricity", "heat")}
# One of several ways is enough.
ANY_WAY = {"telecom"}


# Geometry


def sweref(lon, lat):
    """Easting and northing in SWEREF 99 TM: Krüger's series on GRS 80, central meridian 15°, scale 0.9996."""
    a, f = 6378137.0, 1 / 298.257222101
    n = f / (2 - f)
    e2 = f * (2 - f)
    radius = a / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    phi, d = math.radians(lat), math.radians(lon - 15.0)
    s = math.sin(phi)
    # Conformal latitude.
    e = math.sqrt(e2)
    chi = math.atan(math.sinh(math.asinh(math.tan(phi)) - e * math.atanh(e * s)))
    xi = math.atan2(math.tan(chi), math.cos(d))
    eta = math.asinh(math.sin(d) / math.hypot(math.tan(chi), math.cos(d)))
    series = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
              13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
              61 * n**3 / 240 - 103 * n**4 / 140,
              49561 * n**4 / 161280)
    north, east = xi, eta
    for k, beta in enumerate(series, 1):
        north += beta * math.sin(2 * k * xi) * math.cosh(2 * k * eta)
        east += beta * math.cos(2 * k * xi) * math.sinh(2 * k * eta)
    return 500_000.0 + 0.9996 * radius * east, 0.9996 * radius * north


def is_inside(point, rings):
    """Is a point in a polygon? Even-odd over all of its rings, in degrees: there the edges of GeoJSON are straight."""
    x, y = point
    inside = False
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def minute(hours):
    """Hours are whole minutes, rounded down."""
    return int(hours * 60 + 1e-6)


# The data


class Place:
    """A service, or a place where a SOT point can come."""

    def __init__(self, feature, kind):
        said = feature["properties"]
        self.key, self.kind, self.said = feature["id"], kind, said
        self.name, self.municipality = said["name"], said["kommun"]
        self.lon_lat = feature["geometry"]["coordinates"]
        self.point = sweref(*self.lon_lat)
        self.needs = [kind]
        if kind == "sot" or said.get("information_point") == "yes":
            self.needs.append("information")
        if kind == "sot" or said.get("warm_room") == "yes":
            self.needs.append("warm_room")
        self.host = None
        self.locality = None


class Data:
    """The files of a folder: cells with their people, group and municipality, and places."""

    def __init__(self, folder):
        def features(name):
            return json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]

        self.cells, self.lon_lats, self.people, self.municipality = [], [], [], []
        self.names = {}
        for feature in features("population"):
            said = feature["properties"]
            corner = said["rutid"]
            self.cells.append((float(corner[:6]) + 500.0, float(corner[6:]) + 500.0))
            corners = feature["geometry"]["coordinates"][0][:4]
            self.lon_lats.append([sum(at) / 4 for at in zip(*corners)])
            self.people.append(said["population"])
            self.municipality.append(said["kommun"])
            self.names[said["kommun_kod"]] = said["kommun"]
        self.cells = tuple(self.cells)
        localities = [sweref(*feature["geometry"]["coordinates"]) for feature in features("places")
                      if feature["properties"].get("population", 0) > 3_000]
        metres_a_minute = SPEED_KMH * 1000 / 60
        self.group = []
        for cell in self.cells:
            minutes = min(math.dist(cell, locality) for locality in localities) * DETOUR / metres_a_minute
            self.group.append("locality" if minutes < 5 - 1e-6 else "rural" if minutes <= 45 + 1e-6
                              else "rural-remote")
        # The largest first, of equals the one that stands first.
        self.mended_first = sorted(range(len(self.cells)), key=lambda cell: (-self.people[cell], cell))
        everything = [Place(feature, kind) for kind in SERVICES for feature in features(kind)]
        self.sots = [place for place in everything if place.kind == "sot"]
        self.services = [place for place in everything
                         if place.kind != "sot" or place.said["status"] in SERVING]
        self.stores = [place for place in everything if place.kind == "grocery"]
        self.by_key = {place.key: place for place in everything}
        for place in everything:
            place.locality = self.group[self.near_cells(place)[0]] == "locality"
        for sot in self.sots:
            store = min(self.stores, key=lambda store: math.dist(store.point, sot.point))
            sot.host = store if math.dist(store.point, sot.point) <= 500 + EQUAL_M else None
        # A store and the SOT place that it hosts are one place.
        self.sot_of = {}
        for sot in self.sots:
            if sot.host and sot.host.key not in self.sot_of:
                self.sot_of[sot.host.key] = sot
        self.candidates = self.stores + [sot for sot in self.sots if sot not in self.sot_of.values()]
        # By need: who may stand there, and by cell all of them, the nearest first.
        self.slots = {need: [(place, False) for place in self.services if need in place.needs] for need in NEEDS}
        for need in ("sot", "information", "warm_room"):
            sites = {id(self.sot_of.get(place.key, place)): self.sot_of.get(place.key, place)
                     for place in self.candidates}
            self.slots[need] += [(place, True) for place in sites.values()]
        self.ways = {need: ways_between(self.cells, tuple(place.point for place, _ in slots))
                     for need, slots in self.slots.items()}

    def near_cells(self, place):
        """All cells, the nearest first."""
        return cells_near(self.cells, place.point)


# Places stand where they stand in every data set: what follows from that alone is measured once.


@functools.lru_cache(maxsize=24)
def ways_between(cells, points):
    """By cell: the points within the threshold; the ways to all of them and their numbers, the nearest first."""
    out = []
    for cell in cells:
        ways = sorted((math.dist(cell, point) * DETOUR, slot) for slot, point in enumerate(points))
        within = [slot for metres, slot in ways if metres <= THRESHOLD_M + EQUAL_M]
        lengths, numbers = zip(*ways)
        out.append((within, array.array("d", lengths), array.array("H", numbers)))
    return out


NEAR = {}


def cells_near(cells, point):
    if point not in NEAR:
        NEAR[point] = sorted(range(len(cells)), key=lambda cell: (math.dist(cells[cell], point), cell))
    return NEAR[point]


@functools.cache
def demo(folder):
    return Data(folder)


# What hangs on what in a scenario


class Wire:
    """A dependency: what fails, what it does, after how many minutes and for how long after."""

    def __init__(self, row, edits):
        self.source, self.to, self.effect, *delay = row
        self.id = (self.source, self.to)
        delay = None if delay[0] is None else tuple(delay)
        there = IN_LOCALITY.get(self.id)
        recovery = RECOVERY_H.get(self.id, 0)
        edit = edits.get(self.id)
        if edit:
            self.effect = edit.get("effect", self.effect)
            if "delay_h" in edit:
                delay = there = ranged(edit["delay_h"])
            if self.id in IN_LOCALITY and "delay_in_locality_h" in edit:
                there = ranged(edit["delay_in_locality_h"])
            recovery = edit.get("recovery_h", recovery)
        self.delays = {False: delay, True: there if self.id in IN_LOCALITY else delay}
        self.recovery = minute(recovery)
        self.by_hand = self.id in BY_HAND
        self.winter_only = self.id in WINTER_ONLY


def ranged(said):
    """None (never), or the least and the most."""
    if said == "never":
        return None
    return tuple(said) if isinstance(said, list) else (said, said)


class Set:
    """A set and its tank, in minutes of running. It is sent for once, when the grid first goes."""

    def __init__(self, tank, starts, kept, brought, sent_for):
        self.left = tank
        self.starts = sent_for + starts
        self.kept = None if kept is None else sent_for + kept
        self.brought = sorted(brought)
        self.burns = False

    def next_events(self, now):
        yield from (at for at, _ in self.brought)
        yield self.starts
        if self.kept is not None:
            yield self.kept
        if self.burns:
            yield now + self.left

    def passes(self, minutes):
        if self.burns:
            self.left -= minutes

    def step(self, now, is_dark):
        """Does it give power?"""
        while self.brought and self.brought[0][0] <= now:
            self.left += self.brought.pop(0)[1]
        self.burns = False
        if not is_dark or now < self.starts:
            return False
        if self.kept is not None and now >= self.kept:
            return True
        self.burns = self.left > 0
        return self.burns


def play(wires, outages, known, is_best, is_winter, wanted):
    """Plays a place through. By part that is wanted: its changes, each (minute, level, limits, cause).

    `outages` are (from, to, sources); `known` is what is known of the place.
    """
    is_in_locality, power, by_hand, takes_cash, has_channel, staff_h, goods_h = known
    sent_for = min((begin for begin, _, sources in outages if "grid" in sources), default=0)
    reserves = [Set(tank[is_best], starts, kept, [(at, minutes[is_best]) for at, minutes in brought], sent_for)
                for has, tank, starts, kept, brought in power
                if has == "yes" or (has == "unknown" and is_best)]
    into, state = {}, {}
    for wire in wires:
        delay = wire.delays[is_in_locality]
        delay = None if delay is None else delay[is_best]
        if wire.to == "staff" and staff_h is not None:
            delay = staff_h
        if wire.to == "goods" and goods_h is not None:
            delay = goods_h
        is_dead = delay is None or wire.effect == "nothing" or (wire.winter_only and not is_winter)
        # When the source went, and until when its loss is felt after it came back.
        into.setdefault(wire.to, []).append([wire, None if is_dead else minute(delay), None, -1])
    gone = dict.fromkeys((*FAULTS.values(), *PARTS), False)
    changes = {part: [] for part in wanted}
    queue = [0]
    for begin, end, _ in outages:
        heapq.heappush(queue, begin)
        heapq.heappush(queue, end)
    now = 0
    while queue:
        at = heapq.heappop(queue)
        for reserve in reserves:
            reserve.passes(at - now)
        now = at
        while queue and queue[0] == now:
            heapq.heappop(queue)
        coming = set()
        for source in FAULTS.values():
            gone[source] = any(begin <= now < end and source in sources for begin, end, sources in outages)
        felt = {}

        def feel(part):
            felt[part] = []
            for wire in into[part]:
                kind, delay, since, until = wire
                if delay is None:
                    felt[part].append(False)
                    continue
                if gone[kind.source]:
                    if since is None:
                        wire[2] = since = now
                    is_felt = now - since >= delay
                    if not is_felt:
                        coming.add(since + delay)
                else:
                    if since is not None and now - since > delay:
                        wire[3] = until = max(until, now + kind.recovery)
                    wire[2] = None
                    is_felt = False
                if until > now:
                    coming.add(until)
                    is_felt = True
                felt[part].append(is_felt)

        for part in PARTS:
            feel(part)
            # A dependency that is switched off is no way either: the other ways alone count.
            stops = [is_felt for is_felt, wire in zip(felt[part], into[part]) if wire[0].effect == "stops"]
            gone[part] = (bool(stops) and all(stops)) if part in ANY_WAY else any(stops)
            if part == "electricity":
                # One that runs is enough; each burns all the same.
                has_power = [reserve.step(now, gone[part]) for reserve in reserves]
                gone[part] = gone[part] and not any(has_power)
        for reserve in reserves:
            coming.update(reserve.next_events(now))
        for part in wanted:
            if part in gone:
                level, limits, cause = (STOPPED if gone[part] else WORKS), set(), None
            else:
                feel(part)
                level, limits, cause = WORKS, set(), None
                for is_felt, (wire, *_) in zip(felt[part], into[part]):
                    if not is_felt or (wire.effect == "no_contact" and has_channel):
                        continue
                    is_manned = by_hand or (takes_cash and wire.source == "cards")
                    effect = "by_hand" if wire.effect == "stops" and wire.by_hand and is_manned else wire.effect
                    if effect == "stops":
                        if level < STOPPED:
                            level, cause = STOPPED, wire.source
                    else:
                        limits.add(effect)
                        if level < LIMITED:
                            level, cause = LIMITED, wire.source
            limits = "" if level == STOPPED else "+".join(limit for limit in LIMITS if limit in limits)
            change = (level, limits, cause or "")
            if not changes[part] or changes[part][-1][1:] != change:
                changes[part].append((now, *change))
        for at in coming:
            if at > now:
                heapq.heappush(queue, at)
    return changes


def by_hour(changes):
    """The level at each whole hour."""
    out, at = bytearray(HOURS), 0
    for hour in range(HOURS):
        while at + 1 < len(changes) and changes[at + 1][0] <= hour * 60:
            at += 1
        out[hour] = changes[at][1]
    return bytes(out)


# A scenario


class Outage:
    """A scenario played through over the data."""

    def __init__(self, scenario, data):
        self.data = data
        assumed = scenario.get("assumptions", {})
        edits = {(edit["from"], edit["to"]): edit for edit in assumed.get("dependencies", [])}
        self.wires = [Wire(row, edits) for row in TABLE]
        self.is_winter = scenario.get("season", "winter") == "winter"
        self.own_power_h = ranged(assumed.get("own_power_h", [24, 72]))
        self.an_hour = ranged(assumed.get("litres_per_hour", [5, 15]))
        self.feeds_m = assumed.get("feeds_pumps_within", 200)
        self.house_m = assumed.get("same_house_within", 50)
        self.unsaid = assumed.get("own_power_unsaid", "unknown")
        self.refuels = [(self.keys_of(refuel["place"]), minute(refuel["hour"]), refuel["litres"])
                        for refuel in scenario.get("refuels", [])]
        self.removed = set(scenario.get("removed", []))
        self.added = scenario.get("added", [])
        ends = [area.get("start_h", 0) + area["hours"] for area in scenario["areas"]]
        self.last_hour = min(168, math.ceil(max(ends, default=0)))
        self.areas = [self.area(area) for area in scenario["areas"]]
        self.played = {}
        self.sot_points = self.find_sot_points()
        self.redirect()
        # By place that stands: (place, is added, what is known of it, own power, its hours).
        self.standing = []
        for place in data.services:
            if place.key not in self.removed:
                self.standing.append((place, False, *self.known(place)))
        for point in self.sot_points:
            if point["added"] and point["site"].key not in self.removed:
                self.standing.append((point["site"], True, *self.known_added(point)))

    def keys_of(self, key):
        """A SOT place that does not serve yet is fuelled where its store is."""
        place = self.data.by_key[key]
        if place.kind == "sot" and place not in self.data.services and place.host \
                and self.data.sot_of[place.host.key] is place:
            return place.host.key
        return key

    def area(self, area):
        """Where it is, and when each cell inside has everything back."""
        data = self.data
        begin, end = minute(area.get("start_h", 0)), minute(area.get("start_h", 0) + area["hours"])
        if "municipalities" in area:
            names = {data.names.get(name, name.removesuffix(" kommun")) for name in area["municipalities"]}
            names |= {name[:-1] for name in names if name.endswith("s") and name[:-1] in data.names.values()}

            def holds(lon_lat, municipality):
                return municipality in names
        elif "geometry" in area:
            shape = area["geometry"]
            polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]

            def holds(lon_lat, municipality):
                return any(is_inside(lon_lat, rings) for rings in polygons)
        else:
            def holds(lon_lat, municipality):
                return True
        back = {cell: end for cell in range(len(data.cells)) if holds(data.lon_lats[cell], data.municipality[cell])}
        steps = area.get("restored", [])
        if steps:
            total = sum(data.people[cell] for cell in back)
            mended = 0
            for cell in data.mended_first:
                if cell not in back:
                    continue
                mended += data.people[cell]
                for step in steps:
                    if mended <= step["share"] * total * (1 + 1e-12):
                        back[cell] = min(end, minute(area.get("start_h", 0) + step["after_h"]))
                        break
        sources = frozenset(FAULTS[fault] for fault in area.get("faults", ["power"]))
        return begin, end, sources, holds, back, bool(steps)

    def outages_at(self, place):
        """A place has it back when the nearest cell that is hit has."""
        out = []
        for begin, end, sources, holds, back, has_steps in self.areas:
            if not holds(place.lon_lat, place.municipality):
                continue
            if has_steps and back:
                end = back[next(cell for cell in self.data.near_cells(place) if cell in back)]
            if begin < end:
                out.append((begin, end, sources))
        return tuple(out)

    def outages_of_cell(self, cell):
        out = [(begin, back[cell], sources) for begin, _, sources, _, back, _ in self.areas if cell in back]
        return tuple(one for one in out if one[0] < one[1])

    # Own power

    def find_sot_points(self):
        """The SOT points: those that serve, and those of the scenario."""
        out = []
        for sot in self.data.sots:
            if sot.said["status"] in SERVING and sot.key not in self.removed:
                out.append(self.sot_point(sot, sot, sot.host, False))
        layers = {"grocery": 0, "sot": 1}
        for key in sorted(self.added, key=lambda key: (layers[self.candidate(key).kind], self.candidate(key).key)):
            place = self.candidate(key)
            # What is removed is not added, and without its store a SOT place is given none.
            if place.key in self.removed:
                continue
            sot = self.data.sot_of.get(place.key, place if place.kind == "sot" else None)
            site = sot or place
            if any(point["site"] is site for point in out):
                continue
            out.append(self.sot_point(site, sot, sot.host if sot else place, True))
        return out

    def candidate(self, key):
        place = self.data.by_key[key]
        if place.kind == "sot" and place.host and self.data.sot_of[place.host.key] is place:
            return place.host
        return place

    def sot_point(self, site, sot, host, is_added):
        facts = dict(host.said if host else {})
        if sot:
            facts.update(sot.said)
        keys = (site.key, host.key) if host and host is not site else (site.key,)
        has = "yes" if is_added else said_power(facts) or "yes"
        points = [site.point] + ([host.point] if host else [])
        return {"site": site, "host": host, "added": is_added, "has": has, "points": points,
                "facts": facts, "keys": keys}

    def set_of(self, facts, keys, more=()):
        """Minutes that the tank lasts, until it starts, until it is kept; what is brought; and the tank's hours."""
        an_hour = self.an_hour
        if facts.get("litres_per_hour", 0) > 0:
            an_hour = (facts["litres_per_hour"], facts["litres_per_hour"])
        # The worst burns most.
        hours = self.own_power_h
        if "tank_litres" in facts:
            hours = (facts["tank_litres"] / an_hour[1], facts["tank_litres"] / an_hour[0])
        starts = minute(facts.get("start_hours", 0))
        kept = minute(facts["refuel_hours"]) if "refuel_hours" in facts else None
        comes = [(at, litres) for key, at, litres in self.refuels if key in keys] + list(more)
        brought = tuple((at, (minute(litres / an_hour[1]), minute(litres / an_hour[0]))) for at, litres in comes)
        return (minute(hours[0]), minute(hours[1])), starts, kept, brought, hours

    def feeds(self, point, place):
        within = self.feeds_m if place.kind == "fuel" else self.house_m
        return place is point["site"] or place is point["host"] or any(
            math.dist(at, place.point) <= within + EQUAL_M for at in point["points"])

    def power_of(self, place):
        """All that gives it power: (has, facts of the set, what fuel is brought to for it). It is told by the first."""
        feeding = [point for point in self.sot_points if self.feeds(point, place)]
        out = [(point["has"], point["facts"], point["keys"]) for point in feeding if point["added"]]
        serving = [(point["has"], point["facts"], point["keys"]) for point in feeding if not point["added"]]
        home = [(point["has"], point["facts"], point["keys"]) for point in feeding
                if not point["added"] and place in (point["site"], point["host"])]
        said, own = said_power(place.said), (place.said, (place.key,))
        if said == "no":
            return [*out, (said, *own)]
        if home:
            return [*out, home[0]]
        if said:
            return [*out, (said, *own), *serving]
        if serving:
            return [*out, *serving]
        store = min(self.data.stores, key=lambda store: math.dist(store.point, place.point))
        if store is not place and math.dist(store.point, place.point) <= self.house_m + EQUAL_M:
            if said_power(store.said):
                return [*out, (said_power(store.said), store.said, (store.key,))]
        return [*out, (self.unsaid, *own)]

    def redirect(self):
        """Fuel brought to what has no set itself is for the set by which it is told."""
        self.more = {}
        for key, at, litres in self.refuels:
            place = next((place for place in self.data.services if place.key == key), None)
            if place is None or key in self.removed:
                continue
            sources = self.power_of(place)
            keys = sources[0][2]
            has_own = any(one[2] == (key,) and one[0] != "no" for one in sources)
            if key not in keys and not has_own:
                self.more.setdefault(keys, []).append((at, litres))

    def sets(self, sources):
        """What can give power, each set once."""
        out = {}
        for has, facts, keys in sources:
            if keys[0] not in out:
                out[keys[0]] = (has, *self.set_of(facts, keys, self.more.get(keys, ())))
        return list(out.values())

    def known(self, place):
        sets = self.sets(self.power_of(place))
        is_at_sot = place.kind == "sot" or any(self.feeds(point, place) for point in self.sot_points)
        routine = place.said.get("manual_routine")
        channel = is_at_sot or place.said.get("comms_channel", "nej") != "nej"
        goods = place.said["goods_days"] * 24 if "goods_days" in place.said else None
        takes_cash = is_at_sot and routine != "no"
        return ((place.locality, tuple(one[:5] for one in sets), routine == "yes", takes_cash, channel,
                 place.said.get("staff_hours"), goods), (sets[0][0], sets[0][5]))

    def known_added(self, point):
        (own,) = self.sets([(point["has"], point["facts"], point["keys"])])
        said = point["facts"]
        routine = said.get("manual_routine")
        goods = said["goods_days"] * 24 if "goods_days" in said else None
        return ((point["site"].locality, (own[:5],), routine == "yes", routine != "no", True,
                 said.get("staff_hours"), goods), (own[0], own[5]))

    # Playing and counting

    def changes(self, outages, known, is_best, wanted):
        key = (outages, known, is_best, wanted)
        if key not in self.played:
            self.played[key] = play(self.wires, outages, known, is_best, self.is_winter, wanted)
        return self.played[key]

    def clocks(self):
        """By place, kind and case: its changes."""
        out = {}
        for place, is_added, known, power in self.standing:
            outages = self.outages_at(place)
            for need in ("sot", "information", "warm_room") if is_added else place.needs:
                for case in (0, 1):
                    changes = self.changes(outages, known, bool(case), NEEDS)[need]
                    out[(place.key, need, case, is_added)] = (changes, power)
        return out

    def count(self, clocks, levels_of):
        """By need, case and hour: people by group; remembers what was counted for the same places."""
        data = self.data
        out = {}
        for need in NEEDS:
            for case in (0, 1):
                rows = []
                for place, is_added in data.slots[need]:
                    clock = clocks.get((place.key, need, case, is_added))
                    rows.append(levels_of(clock[0]) if clock else bytes([ABSENT]) * HOURS)
                columns = list(map(bytes, zip(*rows)))
                known = {}
                for column in columns:
                    if column not in known:
                        known[column] = self.people(need, column)
                out[need, case] = [known[column] for column in columns]
                out[need, case, "places"] = [column.count(WORKS) + column.count(LIMITED) for column in columns]
                out[need, case, "columns"] = columns
        return out

    def states(self, need, column):
        """By cell: "full", "limited", "beyond" or "without"."""
        far = "beyond" if WORKS in column or LIMITED in column else "without"
        words = ("full", "limited", far, far)
        level = column.__getitem__
        return [words[min(map(level, within))] if within else far for within, *_ in self.data.ways[need]]

    def people(self, need, column, keys=None):
        """People by group, or by the keys of cells: all, supplied, of these with limits, beyond, without value."""
        keys = self.data.group if keys is None else keys
        sums = {}
        for state, people, key in zip(self.states(need, column), self.data.people, keys):
            sums[key, state] = sums.get((key, state), 0) + people
        out = {"everyone": [0, 0, 0, 0, 0]}
        for (key, state), people in sums.items():
            for counts in (out["everyone"], out.setdefault(key, [0, 0, 0, 0, 0])):
                counts[0] += people
                counts[1] += people if state in ("full", "limited") else 0
                counts[2] += people if state == "limited" else 0
                counts[3] += people if state == "beyond" else 0
                counts[4] += people if state == "without" else 0
        return out

    def homes(self):
        """By case and hour: people without power, mobile network, water and heat."""
        alike = {}
        for cell, people in enumerate(self.data.people):
            key = (self.outages_of_cell(cell), self.data.group[cell] == "locality")
            alike[key] = alike.get(key, 0) + people
        wanted = ("electricity", "mobile", "water", "heat")
        out = {(case, part): [0] * HOURS for case in (0, 1) for part in wanted}
        for (outages, is_in_locality), people in alike.items():
            for case in (0, 1):
                changes = self.changes(outages, (is_in_locality, (), False, False, False, None, None), bool(case), wanted)
                for part in wanted:
                    for hour, level in enumerate(by_hour(changes[part])):
                        out[case, part][hour] += people if level == STOPPED else 0
        return out


def said_power(facts):
    """"yes", "no", "unknown" where somebody says so: a set on order or none is none, a mobile one may be elsewhere."""
    said = facts.get("reserve_power")
    return None if said is None else {"in_place": "yes", "mobile": "unknown"}.get(said, "no")


# Random scenarios


def random_hours(rng, most):
    return rng.choice((rng.randint(0, most), round(rng.uniform(0, most), 2), rng.randint(0, most * 4) / 4))


def random_ring(rng, lon, lat, size):
    corners = rng.randint(3, 9)
    turns = [2 * math.pi * (at + rng.uniform(0, 0.8)) / corners for at in range(corners)]
    ring = [[round(lon + size * rng.uniform(0.3, 1) * math.cos(turn) * 2, 6),
             round(lat + size * rng.uniform(0.3, 1) * math.sin(turn), 6)] for turn in turns]
    return ring + ring[:1]


def is_clear(ring, lon_lats):
    """Is every cell clearly inside or outside? A centimetre from the edge rounding decides, and nobody is wrong."""
    for lon, lat in lon_lats:
        east, north = 111_320 * math.cos(math.radians(lat)), 111_320
        for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
            ax, ay, bx, by = (x1 - lon) * east, (y1 - lat) * north, (x2 - lon) * east, (y2 - lat) * north
            length = math.hypot(bx - ax, by - ay) or 1
            if abs(ax * by - ay * bx) / length < 2 * ROUNDED_M:
                return False
    return True


def random_area(rng, data):
    area = {}
    kind = rng.random()
    if kind < 0.35:
        area["everything"] = True
    elif kind < 0.65:
        names = rng.sample(sorted(data.names.items()), rng.randint(1, 4))
        area["municipalities"] = [rng.choice((code, name, f"{name} kommun")) for code, name in names]
    else:
        rings, count = [], rng.randint(1, 2)
        while len(rings) < count:
            ring = random_ring(rng, *rng.choice(data.lon_lats), rng.uniform(0.02, 1.2))
            if is_clear(ring, data.lon_lats):
                rings.append([ring])
        if len(rings) == 1:
            area["geometry"] = {"type": "Polygon", "coordinates": rings[0]}
        else:
            area["geometry"] = {"type": "MultiPolygon", "coordinates": rings}
    if rng.random() < 0.6:
        area["start_h"] = random_hours(rng, 48)
    area["hours"] = rng.choice((random_hours(rng, 12), random_hours(rng, 80), random_hours(rng, 240)))
    if rng.random() < 0.75:
        faults = [fault for fault in FAULTS if rng.random() < (0.8 if fault == "power" else 0.3)]
        area["faults"] = faults
    if rng.random() < 0.4:
        count = rng.randint(1, 4)
        hours = sorted(random_hours(rng, max(1, int(area["hours"] * 1.2))) for _ in range(count))
        shares = sorted(round(rng.random(), 3) for _ in range(count))
        area["restored"] = [{"after_h": after, "share": share} for after, share in zip(hours, shares)]
    return area


def random_range(rng, most):
    a, b = sorted((random_hours(rng, most), random_hours(rng, most)))
    return rng.choice(([a, b], a))


def random_scenario(rng, data, number):
    count = 0 if rng.random() < 0.01 else rng.choice((1, 1, 1, 2, 2, 3))
    scenario = {"name": f"random {number}", "areas": [random_area(rng, data) for _ in range(count)]}
    if rng.random() < 0.6:
        scenario["season"] = rng.choice(("winter", "summer"))
    if rng.random() < 0.15:
        scenario["roads"] = {"start_h": random_hours(rng, 24), "hours": random_hours(rng, 100)}
    if rng.random() < 0.5:
        pool = data.stores + data.sots
        scenario["added"] = sorted({place.key for place in rng.sample(pool, rng.randint(1, 5))})
    if rng.random() < 0.4:
        pool = [place for place in data.services if place.key not in scenario.get("added", [])]
        scenario["removed"] = sorted({place.key for place in rng.sample(pool, rng.randint(1, 25))})
        if rng.random() < 0.3:
            scenario["removed"] += [sot.key for sot in data.sots if sot.said["status"] in SERVING
                                    and sot.key not in scenario["removed"] + scenario.get("added", [])][:1]
    if rng.random() < 0.5:
        fed = [sot for sot in data.sots] + [sot.host for sot in data.sots if sot.host]
        some = [rng.choice(rng.choice((fed, data.stores, data.services))) for _ in range(rng.randint(1, 6))]
        scenario["refuels"] = [{"place": place.key, "hour": random_hours(rng, 100),
                                "litres": rng.choice((rng.randint(0, 300), round(rng.uniform(0, 2000), 1)))}
                               for place in some]
    assumed = {}
    if rng.random() < 0.3:
        assumed["own_power_unsaid"] = rng.choice(("no", "unknown"))
    if rng.random() < 0.3:
        assumed["own_power_h"] = random_range(rng, 120)
    if rng.random() < 0.3:
        assumed["litres_per_hour"] = sorted(round(rng.uniform(1, 30), 1) for _ in range(2))
    if rng.random() < 0.2:
        assumed["feeds_pumps_within"] = rng.choice((0, 50, 500, 1500))
    if rng.random() < 0.2:
        assumed["same_house_within"] = rng.choice((0, 10, 120, 400))
    if rng.random() < 0.5:
        edits = []
        for source, to, *_ in rng.sample(TABLE, rng.randint(1, 6)):
            edit = {"from": source, "to": to}
            if rng.random() < 0.7:
                edit["delay_h"] = rng.choice(("never", random_range(rng, 12), random_range(rng, 72)))
            if rng.random() < 0.25:
                edit["effect"] = rng.choice(("stops", "nothing", *LIMITS))
            if rng.random() < 0.4:
                edit["recovery_h"] = random_hours(rng, 36)
            if (source, to) in IN_LOCALITY and rng.random() < 0.6:
                edit["delay_in_locality_h"] = rng.choice(("never", random_range(rng, 12)))
            edits.append(edit)
        assumed["dependencies"] = edits
    if assumed:
        scenario["assumptions"] = assumed
    return scenario


def with_facts(rng, source, folder):
    """The files of the demo with more said of their places."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("population", "municipalities", "places"):
        shutil.copy(source / f"{name}.geojson", folder / f"{name}.geojson")
    chances = {"grocery": 0.5, "sot": 0.6, "fuel": 0.3, "pharmacy": 0.3, "parcel": 0.1, "payment": 0.1, "rescue": 0.1}
    for name, chance in chances.items():
        collection = json.loads((source / f"{name}.geojson").read_text(encoding="utf-8"))
        for feature in collection["features"]:
            said = feature["properties"]
            facts = {"reserve_power": lambda: rng.choice(("in_place", "in_place", "ordered", "mobile", "none")),
                     "tank_litres": lambda: rng.choice((0, rng.randint(50, 2000), round(rng.uniform(20, 900), 1))),
                     "litres_per_hour": lambda: round(rng.uniform(1, 25), 1),
                     "start_hours": lambda: random_hours(rng, 8),
                     "refuel_hours": lambda: random_hours(rng, 60),
                     "manual_routine": lambda: rng.choice(("yes", "no")),
                     "staff_hours": lambda: random_hours(rng, 72),
                     "goods_days": lambda: rng.choice((1, 2, 3.5, 7)),
                     "comms_channel": lambda: rng.choice(("Rakel", "nej")),
                     "information_point": lambda: rng.choice(("yes", "no")),
                     "warm_room": lambda: rng.choice(("yes", "no")),
                     "stock_litres": lambda: rng.randint(500, 20_000)}
            for fact, value in facts.items():
                if rng.random() < chance * 0.5:
                    said[fact] = value()
        (folder / f"{name}.geojson").write_text(json.dumps(collection), encoding="utf-8")


# The program, and the comparison


class Differs:
    def __init__(self):
        self.compared = {}
        self.different = {}
        self.scenarios = {}
        self.told = []

    def same(self, what, told, mine, where):
        self.compared[what] = self.compared.get(what, 0) + 1
        if told != mine:
            self.different[what] = self.different.get(what, 0) + 1
            self.scenarios.setdefault(where.split()[0], set()).add(what)
            if len(self.told) < 6 or self.different[what] <= 2:
                self.told.append(f"{what} {where}\n    program: {told}\n    here:    {mine}")


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(folder, told, outage, hour, name, out):
    """One scenario: files and JSON of the program against what was played here."""
    clocks = outage.clocks()
    levels = {}

    def levels_of(changes):
        key = id(changes)
        if key not in levels:
            levels[key] = by_hour(changes)
        return levels[key]

    counts = outage.count(clocks, levels_of)
    # Clocks.
    program, power = {}, {}
    for row in rows_of(folder / "clocks.csv"):
        key = (row["site"].split("/")[1], row["kind"], int(row["case"] == "best"))
        # A store that the scenario makes a SOT point may give information twice: as the store and as the point.
        change = (round(float(row["from_hour"]) * 60), LEVELS.index(row["state"]), row["limits"], row["cause"])
        program.setdefault(key, []).append(change)
        power[key] = (row["own_power"], row["tank_hours_least"], row["tank_hours_most"])
    here, own = {}, {}
    for (key, need, case, _), (changes, (has, tank)) in sorted(clocks.items(), key=lambda one: one[0][3]):
        here.setdefault((key, need, case), []).extend(changes)
        hours = ("", "") if has == "no" else tuple(f"{value + 1e-9:.2f}" for value in tank)
        own[key, need, case] = (has, *hours)
    for key in sorted(program.keys() | here.keys()):
        out.same("clock", program.get(key), here.get(key), f"{name} {key}")
        is_near = key in power and key in own and power[key][0] == own[key][0] and all(
            a == b or abs(float(a or -9) - float(b or -9)) < 0.0101 for a, b in zip(power[key][1:], own[key][1:]))
        out.same("own power", power.get(key), power.get(key) if is_near else own.get(key), f"{name} {key}")
    # People by hour, kind and group.
    zero = [0, 0, 0, 0, 0]
    for row in rows_of(folder / "hours.csv"):
        at, need, group = int(row["hour"]), row["kind"], row["group"]
        worst, best = (counts[need, case][at].get(group, zero) for case in (0, 1))
        said = [int(row[f"people_{key}"]) for key in ("total", "supplied", "supplied_limited", "beyond", "without_value",
                                                      "supplied_upper", "beyond_at_best", "without_value_at_best")]
        out.same("people for sure", said[:5], worst, f"{name} hour {at} {need} {group}")
        out.same("people at best", said[5:], [best[1], best[3], best[4]], f"{name} hour {at} {need} {group}")
    # JSON.
    homes = outage.homes()
    parts = {"without_power": "electricity", "without_mobile": "mobile", "without_water": "water", "cold": "heat"}
    for one in told["hours"]:
        at = one["hour"]
        for case, member in enumerate(("homes", "homes_at_best")):
            said = {key: one[member][key] for key in parts}
            mine = {key: homes[case, part][at] for key, part in parts.items()}
            out.same("people at home", said, mine, f"{name} hour {at} {member}")
        for need in NEEDS:
            said = [one["kinds"][need]["places_working"], one["kinds"][need]["places_working_upper"]]
            mine = [counts[need, case, "places"][at] for case in (0, 1)]
            out.same("places that work", said, mine, f"{name} hour {at} {need}")
    for need in NEEDS:
        column = bytes(ABSENT if (place.key, need, 0, is_added) not in clocks else WORKS
                       for place, is_added in outage.data.slots[need])
        everyday = outage.people(need, column)
        for group in GROUPS:
            groups = told["everyday"][need]["groups"][group]
            said = [groups[f"people_{key}"] for key in ("total", "supplied", "supplied_limited", "beyond",
                                                        "without_value")]
            out.same("everyday", said, everyday.get(group, zero), f"{name} {need} {group}")
        said = [told["people_hours"][need][key] for key in ("supplied", "supplied_upper")]
        mine = [sum(counts[need, case][at]["everyone"][1] for at in range(outage.last_hour)) for case in (0, 1)]
        out.same("people-hours", said, mine, f"{name} {need}")
    # One hour by municipality and by cell.
    for need in NEEDS:
        sums = [outage.people(need, counts[need, case, "columns"][hour], outage.data.municipality) for case in (0, 1)]
        for row in rows_of(folder / "municipalities.csv"):
            if row["kind"] != need or int(row["hour"]) != hour:
                continue
            worst, best = (one[row["municipality"]] for one in sums)
            said = [int(row[f"people_{key}"]) for key in ("total", "supplied", "supplied_limited", "beyond",
                                                          "without_value", "supplied_upper")]
            out.same("municipality", said, [*worst, best[1]], f"{name} hour {hour} {need} {row['municipality']}")
    cells = json.loads((folder / f"hour-{hour}.geojson").read_text(encoding="utf-8"))["features"]
    words = {"full": "supplied", "limited": "supplied", "beyond": "beyond", "without": "without_value"}
    for need in NEEDS:
        worst, best = (counts[need, case, "columns"][hour] for case in (0, 1))
        slots = outage.data.slots[need]
        states = zip(outage.states(need, worst), outage.states(need, best))
        for feature, (_, metres, numbers), (state, at_best) in zip(cells, outage.data.ways[need], states):
            said = feature["properties"]
            first = next((at for at, slot in enumerate(numbers) if worst[slot] in (WORKS, LIMITED)), None)
            km, site = said.get(f"{need}_km"), said.get(f"{need}_site")
            mine = (words[state], words[at_best])
            where = f"{name} hour {hour} {need} cell {said['cell']}"
            out.same("cell", (said[f"{need}_state"], said[f"{need}_state_at_best"]), mine, where)
            if first is None:
                out.same("nearest", (km, site), (None, None), where)
                continue
            # Of those that are as near, either may be named.
            key = site.split("/")[1] if site else None
            equal = itertools.takewhile(lambda at: metres[at] <= metres[first] + ROUNDED_M, range(first, len(metres)))
            names = (slots[numbers[at]][0].key for at in equal if worst[numbers[at]] in (WORKS, LIMITED))
            is_same = km is not None and abs(km - metres[first] / 1000) < 0.0011 and key in names
            mine = (metres[first] / 1000, slots[numbers[first]][0].key)
            out.same("nearest", (km, site), (km, site) if is_same else mine, where)


def run_batch(asked):
    """Ten scenarios of one data set: what differs, and seconds of the program and of this script."""
    binary, source, folder, seed, first, count = asked
    rng = random.Random(f"{seed}/{first}")
    folder = pathlib.Path(folder) / f"{first:05}"
    folder.mkdir(parents=True, exist_ok=True)
    has_facts = (first // BATCH) % 2 == 1
    place = pathlib.Path(source)
    if has_facts:
        place = folder / "data"
        with_facts(rng, pathlib.Path(source), place)
        given = [f"--{name}={place / name}.geojson" for name in SERVICES]
        given += [f"--population={place / 'population.geojson'}", f"--areas={place / 'municipalities.geojson'}",
                  f"--localities={place / 'places.geojson'}"]
    else:
        given = ["--demo"]
    data = Data(place) if has_facts else demo(place)
    scenarios = [random_scenario(rng, data, first + at) for at in range(count)]
    names = []
    for at, scenario in enumerate(scenarios):
        path = folder / f"s{first + at}.json"
        path.write_text(json.dumps(scenario, ensure_ascii=False, indent=1), encoding="utf-8")
        names.append(path)
    hour = rng.randint(0, 168)
    started = time.perf_counter()
    command = [binary, "outage", *given, "--lang", "en", "--at", str(hour), "--out", str(folder / "out"), "--json"]
    for path in names:
        command += ["--scenario", str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    program_s = time.perf_counter() - started
    if done.returncode != 0:
        return None, f"{' '.join(command)}\n{done.stderr.decode(errors='replace')}", 0, 0
    told = json.loads(done.stdout)
    told = told["scenarios"] if count > 1 else [told]
    out = Differs()
    started = time.perf_counter()
    for at, scenario in enumerate(scenarios):
        results = folder / "out" / f"{at + 1}-s{first + at}" if count > 1 else folder / "out"
        compare(results, told[at], Outage(scenario, data), hour, names[at].name, out)
    here_s = time.perf_counter() - started
    if not out.different:
        shutil.rmtree(folder)
    return out, None, program_s, here_s


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("binary", metavar="BINARY")
    arguments.add_argument("--scenarios", type=int, default=50)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--from", dest="first", type=int, default=0, help="begin with the scenario of this number")
    arguments.add_argument("--keep", help="folder for scenarios and results that differ")
    arguments.add_argument("--data", help="folder of the demo's files",
                           default=str(pathlib.Path(__file__).resolve().parents[2] / "data" / "jamtland"))
    said = arguments.parse_args()
    folder = pathlib.Path(said.keep or tempfile.mkdtemp(prefix="outage_events_"))
    starts = range(said.first, said.first + said.scenarios, BATCH)
    asked = [(said.binary, said.data, str(folder), said.seed, first, min(BATCH, said.first + said.scenarios - first))
             for first in starts]
    compared, different, told, program_s, here_s = {}, {}, 0, 0.0, 0.0
    scenarios = {}
    started = time.perf_counter()
    with multiprocessing.Pool(said.jobs) as pool:
        for out, refused, program, here in pool.imap(run_batch, asked):
            if refused:
                print(f"the program refuses:\n{refused}", file=sys.stderr)
                sys.exit(2)
            program_s, here_s = program_s + program, here_s + here
            for what, count in out.compared.items():
                compared[what] = compared.get(what, 0) + count
            for what, count in out.different.items():
                different[what] = different.get(what, 0) + count
            scenarios.update(out.scenarios)
            for line in out.told:
                if told < 20:
                    print(line, flush=True)
                told += 1
    for what, count in compared.items():
        print(f"{what}: {count} compared, {different.get(what, 0)} differ")
    for name, what in scenarios.items():
        print(f"{name} differs in {', '.join(sorted(what))}")
    if different:
        print(f"kept in {folder}")
    elif not said.keep:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{said.scenarios} scenarios, {sum(compared.values())} comparisons, {sum(different.values())} differ; "
          f"program {program_s:.0f} s, here {here_s:.0f} s, in all {time.perf_counter() - started:.0f} s")
    sys.exit(1 if different else 0)


if __name__ == "__main__":
    main()
