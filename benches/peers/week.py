"""Reads a race week as a routing problem, and refuses what a routing problem cannot say.

All times are whole minutes after the week's Monday at midnight, all costs whole points of the planning model. Rules and
weights come from the built-in policies of the crate and the week's own policy.toml.
"""

import csv
import math
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from dateutil.easter import easter

POLICIES = Path(__file__).parents[2] / "src" / "policy"
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAY = 24 * 60
EARTH_KM = 6371.0088
SAME_PLACE_KM = 0.05


class NotARace(Exception):
    """The week asks for something that general routing solvers cannot model exactly."""


@dataclass(frozen=True)
class Choice:
    """Starts that all cost the same: from `earliest` to `latest`."""

    earliest: int
    latest: int
    penalty: int


@dataclass(frozen=True)
class Job:
    """A grant: one visit of exactly `minutes`, or none."""

    grant: str
    client: str
    minutes: int
    points: int  # saved by the visit
    choices: tuple[Choice, ...]  # the preferred ones first; those without preference hold all possible starts
    carers: frozenset[str]
    familiar: frozenset[str]
    home: tuple[float, float]


@dataclass(frozen=True)
class Shift:
    carer: str
    provider: str
    transport: str
    base: tuple[float, float]
    start: int
    end: int


@dataclass(frozen=True)
class Visit:
    job: Job
    shift: Shift
    start: int


@dataclass(frozen=True)
class Found:
    """What a solver found, and what it believes of it."""

    visits: list[Visit]
    score: int  # in points of the planning model, as the solver itself counts them
    bound: int | None = None  # no plan has fewer points


@dataclass(frozen=True)
class Week:
    monday: date
    policy: dict
    jobs: tuple[Job, ...]
    shifts: tuple[Shift, ...]
    base_points: int  # the score of the empty plan

    @cached_property
    def carers(self) -> list[Shift]:
        """One shift of each carer: all that does not depend on the day."""
        return list({shift.carer: shift for shift in self.shifts}.values())

    def travel(self, transport: str, a: tuple[float, float], b: tuple[float, float]) -> int:
        rules = self.policy["travel"]
        km = kilometres(a, b)
        if km < SAME_PLACE_KM:
            return 0
        minutes = km * rules["detour"] / rules[f"{transport}_kmh"] * 60
        return math.ceil(minutes - 1e-9) + rules["overhead_minutes"]

    def visit_cost(self, carer: str, job: Job) -> int:
        """What a visit of this carer costs wherever it stands in the week."""
        return 0 if carer in job.familiar else self.policy["weights"]["new_carer"]


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(h))


def read(folder: Path) -> Week:
    year, number = folder.name.split("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    policy = read_policy(folder)
    refuse(folder, monday, policy)
    clients = {row["client_id"]: row for row in rows(folder, "clients")}
    staff = {row["staff_id"]: row for row in rows(folder, "staff")}
    wishes: dict[str, list[dict]] = {}
    for row in rows(folder, "wishes"):
        wishes.setdefault(row["grant_id"], []).append(row)
    familiar = familiar_carers(folder, monday, policy)
    jobs, base_points = [], 0
    for grant in rows(folder, "grants"):
        client = clients[grant["client_id"]]
        rules = rules_of(policy, client["municipality"])
        possible, preferred = windows(grant, wishes.get(grant["grant_id"], []), monday, rules)
        if not possible:
            continue  # nothing is due
        job = job_of(grant, client, (possible, preferred), (staff, familiar), (monday, policy, rules))
        base_points += job.points
        if job.choices and job.carers:
            jobs.append(job)
    return Week(monday, policy, tuple(jobs), tuple(shifts(folder, staff, monday)), base_points)


def job_of(grant, client, windows_of, people, setting) -> Job:
    (possible, preferred), (staff, familiar), (monday, policy, rules) = windows_of, people, setting
    minutes = int(grant["weekly_minutes"])
    return Job(
        grant=grant["grant_id"],
        client=client["client_id"],
        minutes=minutes,
        points=minutes * points_a_minute(grant, monday, policy["weights"]),
        choices=choices(possible, preferred, minutes, policy["weights"]["not_preferred"]),
        carers=frozenset(id for id, carer in staff.items() if may_visit(carer, client, rules)),
        familiar=frozenset(familiar.get(client["client_id"], ())),
        home=(float(client["lat"]), float(client["lon"])),
    )


def choices(possible, preferred, minutes, penalty) -> tuple[Choice, ...]:
    def of(spans, points):
        return [Choice(a, b - minutes, points) for a, b in spans if b - a >= minutes]

    if preferred is None:
        return tuple(of(possible, 0))
    return tuple(of(preferred, 0) + of(possible, penalty))


def points_a_minute(grant, monday, weights) -> int:
    weeks = max(0, (monday - date.fromisoformat(grant["granted_on"])).days // 7)
    return weights[f"unmet_{grant['need']}"] + weights["seniority"] * min(weeks, 52) // 52


def may_visit(carer, client, rules) -> bool:
    """Rules H7 to H9."""
    provider = client["home_care_provider"] or client["chosen_provider"]
    needed = "complex_qualifications" if client["complex_needs"] == "yes" else "relief_qualifications"
    return (
        carer["provider_id"] == provider
        and carer["relief_trained"] == "yes"
        and carer["qualification"] in rules[needed]
        and carer["staff_id"] not in client["avoid_staff"].split()
    )


def windows(grant, wishes, monday, rules):
    """The possible and the preferred times of a grant, as rules H1, H4 and H5 leave them; `None` where none are preferred.

    Preferred times in which nobody may visit are a preference all the same: no visit can meet it.
    """
    first = date.fromisoformat(grant["valid_from"])
    last = date.fromisoformat(grant["valid_to"]) if grant["valid_to"] else date.max
    valid = [d for d in range(7) if DAYS[d] in rules["days"] and first <= monday + timedelta(d) <= last]
    hours = [(d * DAY + clock(rules["day_from"]), d * DAY + clock(rules["day_to"])) for d in valid]
    spans = {"possible": [], "preferred": []}
    for wish in wishes:
        day = DAYS.index(wish["day"]) if wish["day"] in DAYS else (date.fromisoformat(wish["day"]) - monday).days
        if 0 <= day < 7:
            spans[wish["wish"]].append((day * DAY + clock(wish["from"]), day * DAY + clock(wish["to"])))
    open_spans = joined(spans["possible"] + spans["preferred"]) or hours
    preferred = common(joined(spans["preferred"]), hours) if spans["preferred"] else None
    return common(open_spans, hours), preferred


def joined(spans):
    result = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def common(left, right):
    pairs = [(max(a, c), min(b, d)) for a, b in left for c, d in right]
    return [(start, end) for start, end in pairs if start < end]


def shifts(folder, staff, monday):
    away = {(row["id"], row["from"]) for row in rows(folder, "absences")}
    for row in rows(folder, "shifts"):
        carer = staff[row["staff_id"]]
        midnight = (date.fromisoformat(row["date"]) - monday).days * DAY
        if (row["staff_id"], row["date"]) not in away:
            yield Shift(
                carer=row["staff_id"],
                provider=carer["provider_id"],
                transport=carer["transport"],
                base=(float(carer["start_lat"]), float(carer["start_lon"])),
                start=midnight + clock(row["start"]),
                end=midnight + clock(row["end"]),
            )


def familiar_carers(folder, monday, policy):
    first = monday - timedelta(policy["familiar_days"])
    known: dict[str, set[str]] = {}
    for row in rows(folder, "history"):
        if first <= date.fromisoformat(row["date"]) < monday:
            known.setdefault(row["client_id"], set()).add(row["staff_id"])
    return known


def refuse(folder, monday, policy):
    """A week that is no race would be planned wrongly, and its table would compare nothing."""

    def must(holds, what):
        if not holds:
            raise NotARace(f"{folder}: {what}")

    for table in ["bookings", "pins", "travel", "closing_days"]:
        must(not rows(folder, table), f"{table}.csv has rows")
    must(not any(is_holiday(monday + timedelta(d)) for d in range(7)), "a public holiday")
    must(policy["break"]["minutes"] == 0 and policy["start_grid_minutes"] == 1, "breaks or a start grid")
    grants = rows(folder, "grants")
    must(len({grant["client_id"] for grant in grants}) == len(grants), "a client has two grants")
    for grant in grants:
        one = grant["service"] == "relief" and grant["split"] == grant["weekly_minutes"]
        must(one, f"grant {grant['grant_id']} is not one relief visit of exact length")
    for client in rows(folder, "clients"):
        rules = rules_of(policy, client["municipality"])
        hard = rules["requires_agreement"] or rules["requires_stay_tried"] or rules["municipal_only"]
        must(not (hard or rules["cap_to_standard"] or rules["adults_only"]), "a standard beyond Ballerup's")
        must(client["home_care_provider"] or client["chosen_provider"], "a client is open to every provider")
    for carer in rows(folder, "staff") + rows(folder, "providers"):
        must(not carer.get("relief_minutes_max") and not carer.get("weekly_minutes_max"), "caps")
    for wish in rows(folder, "wishes"):
        must(wish["wish"] in ("possible", "preferred"), f"a wish that is {wish['wish']}")
    for absence in rows(folder, "absences"):
        whole_day = absence["subject"] == "staff" and absence["from"] == absence["to"] and "T" not in absence["from"]
        must(whole_day, "an absence that is not one whole day of a carer")


def is_holiday(day: date) -> bool:
    """Rule H4, from 2024 on."""
    from_easter = (day - easter(day.year)).days
    return from_easter in (-3, -2, 0, 1, 39, 49, 50) or (day.month, day.day) in ((1, 1), (12, 25), (12, 26))


def read_policy(folder):
    policy: dict = {}
    own = folder / "policy.toml"
    for path in [POLICIES / "defaults.toml", POLICIES / "ballerup.toml", *([own] if own.exists() else [])]:
        with path.open("rb") as file:
            merge(policy, tomllib.load(file))
    return policy


def merge(policy, layer):
    for key, value in layer.items():
        if isinstance(value, dict):
            merge(policy.setdefault(key, {}), value)
        else:
            policy[key] = value


def rules_of(policy, municipality):
    return policy["municipality"]["Ballerup"] | policy["municipality"].get(municipality, {})


def rows(folder, table):
    path = folder / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def clock(text):
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def write_roster(week: Week, visits: list[Visit], path: Path):
    """The roster that `pusterum check` reads."""
    header = "visit_id;date;start;end;grant_id;client_id;provider_id;staff_id;service;status"
    lines = [header]
    for number, visit in enumerate(sorted(visits, key=lambda visit: (visit.start, visit.shift.carer))):
        day, start = divmod(visit.start, DAY)
        end = start + visit.job.minutes
        when = f"{week.monday + timedelta(day)};{start // 60:02}:{start % 60:02};{end // 60:02}:{end % 60:02}"
        who = f"{visit.job.grant};{visit.job.client};{visit.shift.provider};{visit.shift.carer}"
        lines.append(f"V{number};{when};{who};relief;planned")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
