"""Functions on numbers and on the numbers of a node-set. Outside the range of a function the result is NaN, as in
IEEE 754; exp, log, pow with a fraction and the trigonometric functions may differ from JavaScript in the last digit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence


def round_half_up(value: float, decimals: float = 0.0) -> float:
    """XPath 1.0 round(): halves go up, round(-2.5) is -2; `decimals` places are kept, tens when it is negative."""
    if decimals != decimals or abs(decimals) > 15:
        return value if decimals > 15 else math.nan
    scale = 10.0 ** abs(math.trunc(decimals))
    scaled = value * scale if decimals >= 0 else value / scale
    if scaled != scaled or abs(scaled) >= 2**52:
        return value
    whole = math.floor(scaled)
    rounded = float(whole + 1 if scaled - whole >= 0.5 else whole)
    return rounded / scale if decimals >= 0 else rounded * scale


def whole(value: float) -> float:
    """int(): the fraction is dropped."""
    return value if value != value or abs(value) == math.inf else float(math.trunc(value))


def floor(value: float) -> float:
    """The largest whole number that is not greater."""
    return value if value != value or abs(value) == math.inf else float(math.floor(value))


def ceiling(value: float) -> float:
    """The smallest whole number that is not less."""
    return value if value != value or abs(value) == math.inf else float(math.ceil(value))


def power(base: float, exponent: float) -> float:
    """pow(); whole exponents up to 1024 by repeated squaring, so that both languages give the same digits."""
    if exponent == exponent and abs(exponent) <= 1_024 and exponent == int(exponent):
        result, factor, left = 1.0, base, abs(int(exponent))
        while left:
            result = result * factor if left & 1 else result
            factor, left = factor * factor, left >> 1
        if exponent >= 0:
            return result
        return 1.0 / result if result else math.copysign(math.inf, result)
    return defined(math.pow, base, exponent)


def safe(function: Callable[[float], float]) -> Callable[[float], float]:
    """A function of the math module that answers as IEEE 754 does instead of raising."""
    return lambda value: defined(function, value)


def defined(function: Callable[..., float], *arguments: float) -> float:
    """What IEEE 754 says where Python raises: NaN outside the range, an infinity beyond the largest number."""
    try:
        return float(function(*arguments))
    except ValueError:
        return math.nan
    except OverflowError:
        return math.inf


def exponential_10(value: float) -> float:
    """10 to the power of a number."""
    return power(10.0, value)


def logarithm(value: float) -> float:
    """Natural logarithm; of 0 it is -Infinity."""
    return -math.inf if value == 0 else defined(math.log, value)


def logarithm_10(value: float) -> float:
    """Decimal logarithm; of 0 it is -Infinity."""
    return -math.inf if value == 0 else defined(math.log10, value)


def total(numbers: Sequence[float]) -> float:
    """XPath 1.0 sum(): from the first to the last; one empty node makes it NaN."""
    result = 0.0
    for number in numbers:
        result += number
    return result


def least(*parts: Sequence[float]) -> float:
    """XPath 3.0 min(): NaN when one is NaN or there is none."""
    numbers = [number for part in parts for number in part]
    return math.nan if not numbers or any(number != number for number in numbers) else min(numbers)


def greatest(*parts: Sequence[float]) -> float:
    """XPath 3.0 max(): NaN when one is NaN or there is none."""
    numbers = [number for part in parts for number in part]
    return math.nan if not numbers or any(number != number for number in numbers) else max(numbers)


def count_non_empty(texts: Sequence[str]) -> float:
    """How many texts are not empty."""
    return float(sum(1 for text in texts if text))


def checklist(least_count: float, most_count: float, *parts: Sequence[float]) -> bool:
    """ODK checklist(): whether the count of numbers above 0 lies between the bounds; -1 means no bound."""
    return within(sum(1 for part in parts for number in part if number > 0), least_count, most_count)


def weighted_checklist(least_sum: float, most_sum: float, *pairs: Sequence[float]) -> bool:
    """ODK weighted-checklist(): each value adds its weight, those of a node-set theirs in turn."""
    reached = 0.0
    for values, weights in zip(pairs[::2], pairs[1::2], strict=True):
        reached += total([weight for value, weight in zip(values, weights, strict=False) if value > 0])
    return within(reached, least_sum, most_sum)


def within(value: float, low: float, high: float) -> bool:
    """Whether a value lies between two bounds; -1 means no bound."""
    return (low == -1 or value >= low) and (high == -1 or value <= high)


def item_level(score: float) -> float:
    """The level 0 to 3 of a score in 0..1, whole when it is within 1e-9 of a whole level."""
    level = 3.0 * score
    nearest = round_half_up(level)
    return nearest if abs(level - nearest) <= 1e-9 else level
