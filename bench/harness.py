"""Takes turns, throws out rounds disturbed by other load, and gives medians."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

DISTURBED = 1.3
"""A round is thrown out when the fixed work took this many times as long as in the best quarter of the rounds."""

Job = Callable[[int], float | None]
"""Does the work of a round (its number is given) and gives its seconds, or None to have it timed from outside."""


def fixed_work() -> float:
    """Seconds for a piece of work that is always the same."""
    start = time.perf_counter()
    total = 0
    for number in range(150_000):
        total += number * number % 7
    return time.perf_counter() - start


@dataclass
class Turns:
    """What several jobs took, round by round."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    kept: int = 0
    thrown_out: int = 0

    def median(self, name: str) -> float:
        return statistics.median(self.seconds[name])


def take_turns(jobs: Mapping[str, Job], rounds: int) -> Turns:
    """Run each job once a round, in turn, after one round to warm up."""
    found: list[tuple[float, dict[str, float]]] = []
    for number in range(rounds + 1):
        before = fixed_work()
        times = {name: _timed(job, number) for name, job in jobs.items()}
        if number:
            found.append((max(before, fixed_work()), times))
    quiet = sorted(load for load, _ in found)[len(found) // 4]
    kept = [times for load, times in found if load <= quiet * DISTURBED]
    turns = Turns(kept=len(kept), thrown_out=len(found) - len(kept))
    for name in jobs:
        turns.seconds[name] = [times[name] for times in kept]
    return turns


def _timed(job: Job, number: int) -> float:
    start = time.perf_counter()
    own = job(number)
    return time.perf_counter() - start if own is None else own
