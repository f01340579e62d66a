"""Finds regular expressions whose search may take for ever: repetitions that can divide one text in many ways.

A repetition explodes when some text leads from one of its places back to the same place on two ways, since a failing
search tries all the ways there are (exponential ambiguity; Weber and Seidl 1991, "On the degree of ambiguity of
finite automata"). The automaton is Glushkov's: its places are the signs and classes of the pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import product

Pairs = set[tuple[int, int]]

TOKEN = re.compile(
    r"(?P<class>\[(?:\\.|[^\]\\])*\])|(?P<group>\(\?[:=!])|(?P<close>\))|(?P<bar>\|)|(?P<edge>\^|\\[ZbB])"
    r"|(?P<times>(?P<sign>[*+?])\??|\{(?P<least>\d+)(?P<comma>,(?P<most>\d*))?\}\??)|(?P<one>\\.|.)",
    re.DOTALL,
)
FEW = 12
"""Up to so many repetitions are written out; more are as good as endless."""
MANY_PLACES = 400


class TooManyPlacesError(Exception):
    """The pattern is too large to be judged."""


@dataclass(frozen=True)
class Part:
    """A part of a pattern: where it may begin and end, and whether it may be empty."""

    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()
    may_be_empty: bool = True


@dataclass
class Automaton:
    """The places of a pattern; `steps` from place to place, `doubled` are those that come about in two ways."""

    signs: list[str] = field(default_factory=list)
    steps: Pairs = field(default_factory=set)
    doubled: Pairs = field(default_factory=set)

    def place(self, sign: str) -> Part:
        if len(self.signs) == MANY_PLACES:
            raise TooManyPlacesError
        self.signs.append(sign)
        here = frozenset([len(self.signs) - 1])
        return Part(here, here, False)

    def join(self, one: Part, other: Part) -> Part:
        self.connect(one, other)
        first = one.first | other.first if one.may_be_empty else one.first
        last = one.last | other.last if other.may_be_empty else other.last
        return Part(first, last, one.may_be_empty and other.may_be_empty)

    def connect(self, one: Part, other: Part) -> None:
        for step in product(one.last, other.first):
            (self.doubled if step in self.steps else self.steps).add(step)

    def repeat(self, part: Part) -> Part:
        self.connect(part, part)
        return part


@dataclass
class Builder:
    """Builds the automaton of a pattern as `pattern` writes it for Python."""

    tokens: list[re.Match[str]]
    automaton: Automaton = field(default_factory=Automaton)
    at: int = 0

    def alternatives(self) -> Part:
        found = self.sequence()
        while self.at < len(self.tokens) and self.tokens[self.at]["bar"]:
            self.at += 1
            other = self.sequence()
            empty = found.may_be_empty or other.may_be_empty
            found = Part(found.first | other.first, found.last | other.last, empty)
        return found

    def sequence(self) -> Part:
        found = Part()
        while self.at < len(self.tokens) and not (self.tokens[self.at]["bar"] or self.tokens[self.at]["close"]):
            found = self.automaton.join(found, self.repeated())
        return found

    def repeated(self) -> Part:
        """One thing with the repetition behind it; what is repeated a few times is read again for each."""
        start = self.at
        part = self.single()
        if self.at == len(self.tokens) or not self.tokens[self.at]["times"]:
            return part
        end, times = self.at + 1, self.tokens[self.at]
        least, most = bounds(times)
        if most is None or most > FEW:
            part = Part(part.first, part.last, part.may_be_empty or least == 0)
            part = self.automaton.repeat(part)
        else:
            part = self.copies(part, start, least, most)
        self.at = end
        return part

    def copies(self, part: Part, start: int, least: int, most: int) -> Part:
        chain, last = Part(), frozenset[int]()
        for number in range(most):
            if number:
                self.at = start
                part = self.single()
            chain = self.automaton.join(chain, part)
            last |= chain.last if number + 1 >= least else frozenset()
        return Part(chain.first, last, chain.may_be_empty or least == 0)

    def single(self) -> Part:
        token = self.tokens[self.at]
        self.at += 1
        if token["edge"]:
            return Part()
        if not token["group"]:
            return self.automaton.place(token[0])
        inside = self.alternatives()
        self.at += 1
        return inside if token[0] == "(?:" else Part()


def bounds(times: re.Match[str]) -> tuple[int, int | None]:
    """How often at least and at most; None is endless."""
    if times["sign"]:
        return {"*": (0, None), "+": (1, None), "?": (0, 1)}[times["sign"]]
    least = int(times["least"])
    return least, least if not times["comma"] else int(times["most"]) if times["most"] else None


def may_explode(pattern: str) -> bool:
    """Whether a search for this pattern, as written for Python, may need exponential time, or nobody can tell."""
    builder = Builder([*TOKEN.finditer(pattern)])
    try:
        builder.alternatives()
    except TooManyPlacesError:
        return True
    return is_ambiguous(builder.automaton)


def is_ambiguous(automaton: Automaton) -> bool:
    """Whether two ways lead from a place back to it over the same signs."""
    onward: dict[int, set[int]] = {place: set() for place in range(len(automaton.signs))}
    for one, other in automaton.steps:
        onward[one].add(other)
    circles = circles_of(onward)
    if any(circles[one] is circles[other] for one, other in automaton.doubled):
        return True
    meet = meeting(automaton.signs)
    return any(
        parts_and_meets(start, circle, onward, meet)
        for circle in {id(circle): circle for circle in circles.values()}.values()
        for start in circle
    )


def circles_of(onward: dict[int, set[int]]) -> dict[int, set[int]]:
    """For each place the places on a way from it back to it; the same set for all of them."""
    reached = {place: reachable(place, onward) for place in onward}
    circles: dict[int, set[int]] = {}
    for place in onward:
        if place not in circles:
            circle = {other for other in reached[place] if place in reached[other]}
            circles[place] = circle
            circles |= dict.fromkeys(circle, circle)
    return circles


def reachable(start: int, onward: dict[int, set[int]]) -> set[int]:
    found, todo = set[int](), [start]
    while todo:
        new = onward[todo.pop()] - found
        found |= new
        todo += new
    return found


def parts_and_meets(start: int, circle: set[int], onward: dict[int, set[int]], meet: Pairs) -> bool:
    """Whether two ways from a place part and meet there again, in step over signs that both accept."""

    def together(pair: tuple[int, int]) -> Pairs:
        return {two for two in product(onward[pair[0]] & circle, onward[pair[1]] & circle) if two in meet}

    found, todo = Pairs(), [(start, start)]
    parted = Pairs()
    while todo:
        pair = todo.pop()
        for two in together(pair):
            apart = pair in parted or two[0] != two[1]
            if apart and two == (start, start):
                return True
            if two not in found or (apart and two not in parted):
                found.add(two)
                parted |= {two} if apart else set()
                todo.append(two)
    return False


def meeting(signs: list[str]) -> Pairs:
    """The pairs of signs or classes with a character in common, judged by those that occur and their neighbours."""
    letters = {chr(code) for code in range(256)} | set("đĐ😀")
    letters |= {
        chr(ord(letter) + step) for sign in signs for letter in sign for step in (-1, 0, 1) if ord(letter) > 256
    }
    accepted = {sign: {x for x in letters if re.fullmatch(sign, x, re.ASCII)} for sign in set(signs)}
    numbers = range(len(signs))
    return {(a, b) for a in numbers for b in numbers if not accepted[signs[a]].isdisjoint(accepted[signs[b]])}
