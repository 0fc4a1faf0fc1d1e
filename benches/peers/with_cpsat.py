"""OR-Tools CP-SAT: constraint programming with clause learning and linear relaxations. It has a bound.

Each shift is a circuit through the jobs that fit into it, with an optional visit for each, whose start has the domain
of its windows; visits of a shift do not overlap. A job is in one shift at most. Only ways that the times allow are arcs.
"""

from dataclasses import dataclass

from ortools.sat.python import cp_model

from week import Job, Shift, Visit, Week


@dataclass
class Stop:
    """A job as it may stand in a shift."""

    job: Job
    taken: cp_model.IntVar
    start: cp_model.IntVar
    earliest: int
    latest: int


def solve(week: Week, seconds: float, cores: int):
    model = cp_model.CpModel()
    costs = [week.base_points]
    stops: list[list[Stop]] = []
    for shift in week.shifts:
        stops.append(stops_of(week, shift, model, costs))
        circuit(week, shift, stops[-1], (model, costs))
    for job in week.jobs:
        model.add_at_most_one(stop.taken for day in stops for stop in day if stop.job is job)
    model.minimize(sum(costs))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = cores
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [], None
    visits = [
        Visit(stop.job, shift, solver.value(stop.start))
        for shift, day in zip(week.shifts, stops)
        for stop in day
        if solver.value(stop.taken)
    ]
    return visits, round(solver.best_objective_bound)


def stops_of(week: Week, shift: Shift, model, costs) -> list[Stop]:
    """The visits that fit into a shift."""
    stops = []
    for job in week.jobs:
        if shift.carer not in job.carers:
            continue
        way = week.travel(shift.transport, shift.base, job.home)
        first, last = shift.start + way, shift.end - way - job.minutes
        spans = [(max(c.earliest, first), min(c.latest, last), c.penalty) for c in job.choices]
        spans = [span for span in spans if span[0] <= span[1]]
        if spans:
            stops.append(stop(job, spans, model, costs))
            costs.append((week.visit_cost(shift.carer, job) - job.points) * stops[-1].taken)
    intervals = [model.new_optional_fixed_size_interval_var(s.start, s.job.minutes, s.taken, "") for s in stops]
    model.add_no_overlap(intervals)
    return stops


def stop(job: Job, spans, model, costs) -> Stop:
    domain = cp_model.Domain.from_intervals([[a, b] for a, b, _ in spans])
    taken, start = model.new_bool_var(""), model.new_int_var_from_domain(domain, "")
    penalty = max(c.penalty for c in job.choices)
    if penalty:
        preferred = cp_model.Domain.from_intervals([[a, b] for a, b, points in spans if points == 0])
        liked = model.new_bool_var("")
        model.add_implication(liked, taken)
        model.add_linear_expression_in_domain(start, preferred).only_enforce_if(liked)
        costs.append(penalty * taken - penalty * liked)
    return Stop(job, taken, start, min(a for a, _, _ in spans), max(b for _, b, _ in spans))


def circuit(week: Week, shift: Shift, stops: list[Stop], building):
    """The way of a shift from its base through its visits and back; node 0 is the base."""
    model, costs = building
    weight = week.policy["weights"]["travel_minute"]
    arcs = [(0, 0, model.new_bool_var(""))]

    def arc(a: int, b: int, minutes: int):
        arcs.append((a, b, model.new_bool_var("")))
        costs.append(weight * minutes * arcs[-1][2])
        return arcs[-1][2]

    for i, here in enumerate(stops, 1):
        way = week.travel(shift.transport, shift.base, here.job.home)
        arc(0, i, way)
        arc(i, 0, way)
        arcs.append((i, i, ~here.taken))
        for j, there in enumerate(stops, 1):
            way = week.travel(shift.transport, here.job.home, there.job.home)
            if i != j and here.earliest + here.job.minutes + way <= there.latest:
                literal = arc(i, j, way)
                model.add(there.start >= here.start + (here.job.minutes + way)).only_enforce_if(literal)
    model.add_circuit(arcs)
