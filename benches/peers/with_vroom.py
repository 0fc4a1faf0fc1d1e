"""VROOM: heuristics and local search for vehicle routing, by pyvroom. No bound, and it ends by itself.

A shift is a vehicle, a grant a job with several time windows; each job is a skill, which those have who may visit.
Every carer has a profile, of which the costs hold what its visits cost. VROOM has neither prizes nor soft time windows:
it first delivers as much priority as it can, a hundred steps of it, then looks at costs, and preferred times do not
count.
"""

from datetime import timedelta

import vroom

from matrices import bases, costs, durations
from week import Found, Visit, Week

SECONDS = 60
EXPLORATION = 5  # the most thorough level there is
PRIORITIES = 100


def solve(week: Week, seconds: float, cores: int) -> Found:
    problem, minutes = vroom.Input(), durations(week)
    for carer in week.carers:
        problem.set_durations_matrix(carer.carer, minutes[carer.transport] * SECONDS)
        problem.set_costs_matrix(carer.carer, costs(week, carer, minutes[carer.transport]))
    problem.add_vehicle([vehicle(week, number, bases(week)) for number in range(len(week.shifts))])
    most = max(job.points for job in week.jobs)
    problem.add_job([as_job(number, job, most) for number, job in enumerate(week.jobs)])
    plan = problem.solve(EXPLORATION, nb_threads=cores, timeout=timedelta(seconds=seconds)).to_dict()
    visits = [
        Visit(week.jobs[step["id"]], week.shifts[route["vehicle"]], (step["arrival"] + step["waiting_time"]) // SECONDS)
        for route in plan["routes"]
        for step in route["steps"]
        if step["type"] == "job"
    ]
    # Its costs hold travel and new carers.
    delivered = sum(visit.job.points for visit in visits)
    return Found(visits, week.base_points - delivered + plan["summary"]["cost"])


def vehicle(week: Week, number: int, starts) -> vroom.Vehicle:
    shift = week.shifts[number]
    base = len(week.jobs) + starts.index(shift.base)
    return vroom.Vehicle(
        number,
        start=base,
        end=base,
        profile=shift.carer,
        skills={skill for skill, job in enumerate(week.jobs) if shift.carer in job.carers},
        time_window=vroom.TimeWindow(shift.start * SECONDS, shift.end * SECONDS),
    )


def as_job(number: int, job, most: int) -> vroom.Job:
    # Of a job with preferred times, the possible ones hold these too.
    widest = max(choice.penalty for choice in job.choices)
    windows = sorted((c.earliest, c.latest) for c in job.choices if c.penalty == widest)
    return vroom.Job(
        number,
        location=number,
        default_service=job.minutes * SECONDS,
        skills={number},
        priority=round(PRIORITIES * job.points / most),
        time_windows=[vroom.TimeWindow(earliest * SECONDS, latest * SECONDS) for earliest, latest in windows],
    )
