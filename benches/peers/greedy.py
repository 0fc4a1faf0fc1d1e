"""A first plan by cheapest insertion, for solvers that want one to start from: the most points first."""

from dataclasses import dataclass

from matrices import bases, durations
from week import Found, Job, Shift, Visit, Week


@dataclass(frozen=True)
class Route:
    """The visits of a shift, with their starts, and what they cost."""

    visits: tuple[tuple[int, int], ...]  # (number of the job, start)
    points: int


class Planner:
    def __init__(self, week: Week):
        self.week, self.minutes, self.bases = week, durations(week), bases(week)
        self.routes = [Route((), 0) for _ in week.shifts]

    def insert(self, number: int):
        """Puts a job where it costs least, if it fits anywhere."""
        fitting = [
            (route.points - self.routes[at].points, at, position, route)
            for at, shift in enumerate(self.week.shifts)
            if shift.carer in self.week.jobs[number].carers
            for position in range(len(self.routes[at].visits) + 1)
            if (route := self.route(shift, [*self.order(at)[:position], number, *self.order(at)[position:]]))
        ]
        if fitting:
            _, at, _, route = min(fitting, key=lambda fit: fit[:3])
            self.routes[at] = route

    def order(self, at: int) -> list[int]:
        return [number for number, _ in self.routes[at].visits]

    def route(self, shift: Shift, order: list[int]) -> Route | None:
        """The jobs in this order, each as early as it can be; `None` where they do not fit."""
        minutes = self.minutes[shift.transport]
        base = len(self.week.jobs) + self.bases.index(shift.base)
        place, free, points, visits = base, shift.start, 0, []
        for number in order:
            job = self.week.jobs[number]
            way = int(minutes[place, number])
            found = earliest(job, free + way)
            if found is None:
                return None
            start, penalty = found
            points += way * self.week.policy["weights"]["travel_minute"] + penalty
            points += self.week.visit_cost(shift.carer, job) - job.points
            place, free = number, start + job.minutes
            visits.append((number, start))
        way = int(minutes[place, base])
        points += way * self.week.policy["weights"]["travel_minute"]
        return Route(tuple(visits), points) if free + way <= shift.end else None


def earliest(job: Job, moment: int) -> tuple[int, int] | None:
    """The first start from a moment on, and its penalty."""
    starts = [(max(c.earliest, moment), c.penalty) for c in job.choices if moment <= c.latest]
    return min(starts, default=None)


def plan(week: Week) -> Found:
    planner = Planner(week)
    for number in sorted(range(len(week.jobs)), key=lambda number: -week.jobs[number].points):
        planner.insert(number)
    visits = [
        Visit(week.jobs[number], shift, start)
        for shift, route in zip(week.shifts, planner.routes)
        for number, start in route.visits
    ]
    return Found(visits, week.base_points + sum(route.points for route in planner.routes))
