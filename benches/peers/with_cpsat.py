"""OR-Tools CP-SAT: constraint programming with clause learning and linear relaxations. It has a bound.

Each shift is a circuit through the jobs that fit into it, with an optional visit for each, whose start has the domain
of its windows; visits of a shift do not overlap. A job is in one shift at most. Only ways that the times allow are arcs.
A plan by cheapest insertion is given as a hint, as is usual, and is the answer where CP-SAT ends without a plan.
"""

from dataclasses import dataclass

from ortools.sat.python import cp_model

import greedy
from matrices import bases, durations
from week import Found, Job, Shift, Visit, Week


@dataclass
class Stop:
    """A job as it may stand in a shift."""

    number: int
    job: Job
    taken: cp_model.IntVar
    start: cp_model.IntVar
    liked: cp_model.IntVar | None  # whether it lies in a preferred window, where the job has any
    earliest: int
    latest: int


@dataclass
class Day:
    """A shift with what may stand in it; arcs go from stop to stop, and from and to the base, which is 0."""

    shift: Shift
    stops: list[Stop]
    arcs: dict[tuple[int, int], cp_model.IntVar]


class Model:
    def __init__(self, week: Week):
        self.week, self.minutes, self.bases = week, durations(week), bases(week)
        self.cp, self.costs = cp_model.CpModel(), [week.base_points]
        self.days = [self.day(shift) for shift in week.shifts]
        for job in week.jobs:
            self.cp.add_at_most_one(stop.taken for day in self.days for stop in day.stops if stop.job is job)
        self.cp.minimize(sum(self.costs))
        self.first = greedy.plan(week)
        self.hint(self.first.visits)

    def day(self, shift: Shift) -> Day:
        minutes = self.minutes[shift.transport]
        base = len(self.week.jobs) + self.bases.index(shift.base)
        stops = []
        for number, job in enumerate(self.week.jobs):
            if shift.carer not in job.carers:
                continue
            way = int(minutes[base, number])
            first, last = shift.start + way, shift.end - way - job.minutes
            spans = [(max(c.earliest, first), min(c.latest, last), c.penalty) for c in job.choices]
            spans = [span for span in spans if span[0] <= span[1]]
            if spans:
                stops.append(self.stop(number, spans))
                self.costs.append((self.week.visit_cost(shift.carer, job) - job.points) * stops[-1].taken)
        visits = [self.cp.new_optional_fixed_size_interval_var(s.start, s.job.minutes, s.taken, "") for s in stops]
        self.cp.add_no_overlap(visits)
        return Day(shift, stops, self.circuit(stops, base, minutes))

    def stop(self, number: int, spans) -> Stop:
        job = self.week.jobs[number]
        domain = cp_model.Domain.from_intervals([[a, b] for a, b, _ in spans])
        taken, start, liked = self.cp.new_bool_var(""), self.cp.new_int_var_from_domain(domain, ""), None
        penalty = max(c.penalty for c in job.choices)
        if penalty:
            preferred = cp_model.Domain.from_intervals([[a, b] for a, b, points in spans if points == 0])
            liked = self.cp.new_bool_var("")
            self.cp.add_implication(liked, taken)
            self.cp.add_linear_expression_in_domain(start, preferred).only_enforce_if(liked)
            self.costs.append(penalty * taken - penalty * liked)
        return Stop(number, job, taken, start, liked, min(a for a, _, _ in spans), max(b for _, b, _ in spans))

    def circuit(self, stops: list[Stop], base: int, minutes) -> dict:
        """The way of a shift from its base through its visits and back."""
        weight = self.week.policy["weights"]["travel_minute"]
        arcs = {(0, 0): self.cp.new_bool_var("")}

        def arc(a: int, b: int, way: int):
            arcs[a, b] = self.cp.new_bool_var("")
            self.costs.append(weight * way * arcs[a, b])

        for i, here in enumerate(stops, 1):
            way = int(minutes[base, here.number])
            arc(0, i, way)
            arc(i, 0, way)
            for j, there in enumerate(stops, 1):
                after = here.job.minutes + int(minutes[here.number, there.number])
                if i != j and here.earliest + after <= there.latest:
                    arc(i, j, after - here.job.minutes)
                    self.cp.add(there.start >= here.start + after).only_enforce_if(arcs[i, j])
        skips = [(i, i, ~stop.taken) for i, stop in enumerate(stops, 1)]
        self.cp.add_circuit([(a, b, literal) for (a, b), literal in arcs.items()] + skips)
        return arcs

    def hint(self, visits: list[Visit]):
        """Gives the whole of a plan."""
        for day in self.days:
            starts = {visit.job.grant: visit.start for visit in visits if visit.shift is day.shift}
            order = sorted((starts[s.job.grant], i) for i, s in enumerate(day.stops, 1) if s.job.grant in starts)
            tour = [0, *(i for _, i in order), 0]
            used = set(zip(tour, tour[1:]))
            for ends, literal in day.arcs.items():
                self.cp.add_hint(literal, ends in used)
            for stop in day.stops:
                start = starts.get(stop.job.grant)
                self.cp.add_hint(stop.taken, start is not None)
                self.cp.add_hint(stop.start, stop.earliest if start is None else start)
                if stop.liked is not None:
                    self.cp.add_hint(stop.liked, start is not None and is_preferred(stop.job, start))


def is_preferred(job: Job, start: int) -> bool:
    return any(c.penalty == 0 and c.earliest <= start <= c.latest for c in job.choices)


def solve(week: Week, seconds: float, cores: int) -> Found:
    model, solver = Model(week), cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = cores
    status = solver.solve(model.cp)
    bound = round(solver.best_objective_bound)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(model.first.visits, model.first.score, bound)
    visits = [
        Visit(stop.job, day.shift, solver.value(stop.start))
        for day in model.days
        for stop in day.stops
        if solver.value(stop.taken)
    ]
    return Found(visits, round(solver.objective_value), bound)
