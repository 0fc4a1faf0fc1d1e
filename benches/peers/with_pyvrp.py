"""PyVRP: hybrid genetic and iterated local search for vehicle routing. No bound.

A shift is a vehicle, a choice of a job is an optional client with a prize, the choices of a job exclude one another.
Every carer has a profile: the cost of an edge is its travel and what a visit of that carer to its end costs there; an
end that the carer may not visit costs more than any prize. The search has one thread, so one search runs on each core,
each with a seed of its own, and the best plan is taken. It starts from a plan by cheapest insertion.
"""

from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from pyvrp import Activity, ActivityType, Client, ClientGroup, Depot, Location, PenaltyParams, ProblemData
from pyvrp import Route, Solution, SolveParams, VehicleType
from pyvrp import solve as search
from pyvrp.search import NeighbourhoodParams
from pyvrp.stop import MaxRuntime

import greedy
from matrices import bases, costs, durations
from week import Found, Visit, Week

FORBIDDEN = 1_000_000

# The choices of a job lie in one place and would fill neighbourhoods of the usual 50; and a minute of lateness need not
# cost more than a visit is worth. On race-150 (one seed, 12 s of processor time) the usual parameters gave 60,395 points,
# each of these alone 52,607 and 55,614, both together 49,482; with the first plan below 40,722.
PARAMS = SolveParams(
    neighbourhood=NeighbourhoodParams(num_neighbours=150),
    penalty=PenaltyParams(max_penalty=1_000.0),
)


def solve(week: Week, seconds: float, cores: int) -> Found:
    with ProcessPoolExecutor(cores) as pool:
        plans = list(pool.map(one, repeat(week), repeat(seconds), range(cores)))
    best = min(plans, key=lambda plan: plan[0])
    choices = [(job, choice) for job in week.jobs for choice in job.choices]
    visits = [Visit(choices[client][0], week.shifts[shift], start) for client, shift, start in best[1]]
    # PyVRP counts the prizes of all clients that are not visited, also those whose group is.
    prizes = sum(job.points - choice.penalty for job, choice in choices)
    return Found(visits, week.base_points - prizes + best[0])


def one(week: Week, seconds: float, seed: int):
    """The plan of one search: cost, and (client, vehicle, start) of every visit."""
    data = problem(week)
    result = search(
        data,
        stop=MaxRuntime(seconds),
        seed=seed,
        collect_stats=False,
        display=False,
        params=PARAMS,
        initial_solution=first_solution(week, data),
    )
    stops = [
        (activity.idx, route.vehicle_type(), activity.start_time)
        for route in result.best.routes()
        for activity in route.schedule()
        if activity.is_client()
    ]
    return result.cost(), stops


def first_solution(week: Week, data: ProblemData) -> Solution:
    """A plan by cheapest insertion, each visit as the client of its choice."""
    choices = [(job, choice) for job in week.jobs for choice in job.choices]
    clients: dict[str, list[int]] = {}
    for client, (job, _) in enumerate(choices):
        clients.setdefault(job.grant, []).append(client)

    def client(visit: Visit) -> int:
        fitting = [c for c in clients[visit.job.grant] if choices[c][1].earliest <= visit.start <= choices[c][1].latest]
        return min(fitting, key=lambda c: choices[c][1].penalty)

    visits = greedy.plan(week).visits
    days = [[client(visit) for visit in visits if visit.shift is shift] for shift in week.shifts]
    return Solution(
        data,
        [Route(data, [Activity(ActivityType.CLIENT, c) for c in day], shift) for shift, day in enumerate(days) if day],
    )


def problem(week: Week) -> ProblemData:
    starts, minutes = bases(week), durations(week)
    places = [job.home for job in week.jobs] + starts
    clients, groups = optional(week)
    return ProblemData(
        [Location(x=lon, y=lat) for lat, lon in places],
        clients,
        [Depot(location=len(week.jobs) + number) for number in range(len(starts))],
        vehicles(week, starts),
        [barred(week, carer, costs(week, carer, minutes[carer.transport])) for carer in week.carers],
        [minutes[carer.transport] for carer in week.carers],
        groups,
    )


def optional(week: Week):
    """A client for each choice of each job, and the group of each job."""
    clients, groups = [], []
    for number, job in enumerate(week.jobs):
        groups.append(ClientGroup(range(len(clients), len(clients) + len(job.choices)), required=False))
        clients += [
            Client(
                location=number,
                service_duration=job.minutes,
                tw_early=choice.earliest,
                tw_late=choice.latest,
                prize=job.points - choice.penalty,
                required=False,
                group=number,
            )
            for choice in job.choices
        ]
    return clients, groups


def vehicles(week: Week, starts) -> list[VehicleType]:
    profiles = {carer.carer: number for number, carer in enumerate(week.carers)}
    return [
        VehicleType(
            start_depot=starts.index(shift.base),
            end_depot=starts.index(shift.base),
            tw_early=shift.start,
            tw_late=shift.end,
            profile=profiles[shift.carer],
        )
        for shift in week.shifts
    ]


def barred(week: Week, carer, matrix):
    """The costs of a carer with the homes that the carer may not visit out of reach."""
    for number, job in enumerate(week.jobs):
        if carer.carer not in job.carers:
            matrix[:, number] = FORBIDDEN
            matrix[number, number] = 0
    return matrix
