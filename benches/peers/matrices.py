"""Travel and costs between all places of a week, as routing solvers take them: homes in the order of the jobs, then bases."""

import numpy

from week import Shift, Week


def bases(week: Week) -> list[tuple[float, float]]:
    """Where shifts start and end, each once."""
    return list(dict.fromkeys(shift.base for shift in week.shifts))


def durations(week: Week) -> dict[str, numpy.ndarray]:
    """Minutes by transport; ways are as long there as back."""
    places = [job.home for job in week.jobs] + bases(week)
    matrices = {}
    for transport in sorted({carer.transport for carer in week.carers}):
        matrix = numpy.zeros((len(places), len(places)), dtype=numpy.int64)
        for i, here in enumerate(places):
            for j, there in enumerate(places[:i]):
                matrix[i, j] = matrix[j, i] = week.travel(transport, here, there)
        matrices[transport] = matrix
    return matrices


def costs(week: Week, carer: Shift, minutes: numpy.ndarray) -> numpy.ndarray:
    """Points of every way of a carer: its travel, and what a visit of the carer at its end costs."""
    matrix = minutes * week.policy["weights"]["travel_minute"]
    for number, job in enumerate(week.jobs):
        matrix[:, number] += week.visit_cost(carer.carer, job)
        matrix[number, number] = 0
    return matrix
