"""What fictitious units agreed with the delegation: their word on the first recommendations, and one promise more."""

from __future__ import annotations

from random import Random

from forms.log import Value
from forms.logic.state import State
from forms.minutes import ROOT, commitment_key
from forms.recommendation import recommend

MOST = 6
DECISIONS = ("agreed", "changed", "objected")
SHARES = (0.78, 0.14, 0.08)
CHANGED = "Đơn vị đề nghị thực hiện cùng đợt mua sắm cuối năm (minh họa)."
OBJECTED = "Đơn vị không đủ kinh phí để thực hiện (minh họa)."
OWN = "Đoàn công tác kèm cặp trực tuyến hằng tuần (minh họa)."


def agreed_answers(state: State, rng: Random) -> dict[str, Value]:
    """The answers of the minutes about commitments, by path."""
    answers: dict[str, Value] = {}
    shared = [made for made in recommend(state) if not made["confidential"]]
    for made in shared[:MOST]:
        decision = rng.choices(DECISIONS, SHARES)[0]
        said = {"decision": decision, "side": _side(made["responsible"].get("vi", ""))}
        words = {"changed": CHANGED, "objected": OBJECTED}.get(decision)
        answers |= _instance(commitment_key(made), said | ({"text": words} if words else {}))
    return answers | _instance(f"{rng.getrandbits(48):012x}", {"side": "delegation", "text": OWN})


def _instance(key: str, said: dict[str, str]) -> dict[str, Value]:
    at = f"{ROOT}commitment[{key}]"
    return {at: True} | {f"{at}/commitment_{field}": value for field, value in said.items()}


def _side(responsible: str) -> str:
    """The side that will do it, by the body the recommendation names first."""
    first = responsible.partition(";")[0].lower()
    if "đoàn" in first:
        return "delegation"
    return "department" if "sở" in first else "unit" if "ubnd" in first else "other"
