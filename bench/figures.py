"""A measured figure, and how figures are printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter


@dataclass(frozen=True)
class Figure:
    """One measured value with its aim, which it should not exceed, or reach when `more_is_better`.

    `least` and `most` are those of all runs. `beside` names what another program was measured to need for the same.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    least: float | None = None
    most: float | None = None
    more_is_better: bool = False
    beside: str = ""

    def line(self) -> str:
        aim = "" if self.aim is None else f"{'≥' if self.more_is_better else '≤'} {self.aim:g} {self.unit}"
        spread = "" if self.least is None else f"{self.least:.4g}–{self.most:.4g}"
        verdict = "" if self.aim is None else ("ok" if self.is_reached() else "MISSED")
        ends = f"{aim:<12}{verdict:<7}{self.beside}".rstrip()
        return f"{self.name:<62}{self.value:>10.4g} {self.unit:<4}{spread:>16}   {ends}"

    def is_reached(self) -> bool:
        """Whether the value is what it should be; without an aim it is."""
        return self.aim is None or (self.value >= self.aim if self.more_is_better else self.value <= self.aim)


def from_runs(name: str, values: list[float], unit: str, aim: float | None = None, beside: str = "") -> Figure:
    """The median of several runs."""
    return Figure(name, median(values), unit, aim, min(values), max(values), beside=beside)


def ninety_fifth(name: str, values: list[float], unit: str, aim: float | None = None, beside: str = "") -> Figure:
    """What 95 of 100 values stay below."""
    return Figure(name, quantiles(values, n=20)[-1], unit, aim, min(values), max(values), beside=beside)


def timed(call: Callable[[], object], runs: int) -> list[float]:
    """Milliseconds of each run after one that warms up."""
    call()
    spans = []
    for _ in range(runs):
        start = perf_counter()
        call()
        spans.append((perf_counter() - start) * 1000)
    return spans


def machine() -> Figure:
    """How fast this machine is at this moment: a plain loop, so that figures of two runs can be compared."""

    def loop() -> None:
        total = 0
        for number in range(3_000_000):
            total += number

    return from_runs("This machine: a loop of 3,000,000 additions in Python", timed(loop, 5), "ms")
