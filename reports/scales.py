"""How the values of a map layer become steps of colour, and how much weakness a value tells."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from reports.coverage import Scale

CONSTANT: Final = 1e-9
"""Below this, a value that stands on a limit differs from it by binary fractions only."""


@dataclass(frozen=True)
class Steps:
    """One step more at each of `limits`, which belong to the step above; `ramp` names the colours.

    `reversed` counts the steps from the other end, for ramps whose first step is the worst where a greater value is
    worse. `best` and `worst` are the values that weigh 0 and 1 where weakness is summed up. `digits` are decimals.
    """

    ramp: Scale
    limits: tuple[float, ...]
    best: float
    worst: float
    reversed: bool = False
    digits: int = 0

    def step_of(self, value: float | None) -> int:
        """The step of a value, 1 to one more than there are limits; 0 = no value."""
        if value is None:
            return 0
        passed = bisect_right(self.limits, value + CONSTANT)
        return 1 + (len(self.limits) - passed if self.reversed else passed)

    def weakness(self, value: float | None) -> float:
        """How much a value adds to a concentration of weakness, 0 to 1; what is not known adds nothing."""
        if value is None:
            return 0.0
        return min(1.0, max(0.0, (value - self.best) / (self.worst - self.best)))

    @property
    def order(self) -> list[int]:
        """The steps from the best down, as a legend lists them."""
        steps = range(1, len(self.limits) + 2)
        return list(steps) if self.ramp == "wn" else list(reversed(steps))


FIFTHS: Final = (20.0, 40.0, 60.0, 80.0)

SCALES: Final = {
    "level": Steps("lv", (2, 3, 4), best=4, worst=1),
    "score": Steps("sc", FIFTHS, best=100, worst=0, digits=1),
    "share": Steps("sc", FIFTHS, best=100, worst=0),
    "gate": Steps("yn", (1,), best=1, worst=0),
    "named": Steps("yn", (1,), best=0, worst=1, reversed=True),
    "count": Steps("wn", (1, 2, 4, 6), best=0, worst=6),
    "load": Steps("wn", (2, 4, 6, 8), best=0, worst=8, digits=1),
    "neighbours": Steps("df", (0.5, 0.8, 1.25, 2), best=1, worst=2, reversed=True, digits=2),
    "signal": Steps("wn", (1, 2, 3), best=0, worst=3),
    "days": Steps("wn", (31, 91, 181, 366), best=0, worst=366),
}
"""By name. Scores are 0 to 100, shares percent, `neighbours` a ratio; the limits of scores are those of the design, of
dossiers a day those around the 3.9 that the ministry's figures of Thanh Hóa come to (domain §5.2 with §1.6)."""

CHANGES: Final = {
    "level": (-1.5, -0.5, 0.5, 1.5),
    "score": (-10, -2, 2, 10),
    "share": (-10, -2, 2, 10),
    "gate": (-0.75, -0.25, 0.25, 0.75),
    "named": (-1.5, -0.5, 0.5, 1.5),
    "count": (-2.5, -0.5, 0.5, 2.5),
    "load": (-2, -0.5, 0.5, 2),
    "neighbours": (-1, -0.25, 0.25, 1),
    "signal": (-1.5, -0.5, 0.5, 1.5),
}
"""Where the difference of two periods goes over from much worse to worse, the same, better and much better; the days
since a visit are not compared."""


def change_steps(name: str) -> Steps:
    """The diverging steps for the difference between two values of a scale: 1 much worse, 3 the same, 5 much better."""
    scale = SCALES[name]
    return replace(scale, ramp="df", limits=CHANGES[name], reversed=scale.worst > scale.best)
