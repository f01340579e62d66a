"""What the minutes add to the facts of a visit: who was there, what was agreed, who objected, who signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from reports.facts import Model

Side = Literal["delegation", "unit", "department", "other"]
Role = Literal["leader", "chair", "secretary", "member"]
Decision = Literal["agreed", "changed", "objected"]


class Attendee(Model):
    """Somebody at the meeting; without a name, where it may not be recorded, only the position is printed."""

    side: Side
    name: str = ""
    position: str = ""
    role: Role = "member"


class Commitment(Model):
    """What one side will do, by when.

    `recommendation` is the code of the recommendation that it answers ("C01"), empty for a commitment of a side's own;
    text, owner and due date that are left empty are those of the recommendation. `decision` is that of the unit, None
    while nothing has been decided; `own_words` are printed as they are. `due_text` are words in place of a day.
    """

    side: Side
    recommendation: str = ""
    text: str = ""
    decision: Decision | None = None
    own_words: str = ""
    owner: str = ""
    due: date | None = None
    due_text: str = ""


class Signature(Model):
    """Who signs for a side. `image` is a PNG drawn on a tablet, `signed_at` the time in Vietnam, both None until then.

    A signature with a time and without an image was given in another way, digitally or on paper.
    """

    side: Side
    name: str
    role: Role = "leader"
    position: str = ""
    image: bytes | None = None
    signed_at: datetime | None = None


class Minutes(Model):
    """The record of a working session, beside the facts of its visit. Times are those of Vietnam.

    `number` is that of the document, None until it is given out; `place` and `plan` are written as they stand in a
    sentence and have a usual wording when empty. `opinion` and `dissent` are verbatim, a line for each paragraph.
    `attached` names papers handed over beside the files of the visit. `on_paper` leaves out the mark of a draft, for a
    copy that is signed by hand. `digital` does so for a file that is about to be signed digitally, and names the places
    where people sign it so ("delegation"), whose drawn signatures are left out; it is empty for a seal alone.
    `code` and `address` identify the document; the address is drawn as a QR code.
    """

    attendance: tuple[Attendee, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    plan: str = ""
    number: str | None = None
    opinion: str = ""
    dissent: str = ""
    attached: tuple[str, ...] = ()
    copies: int = 3
    on_paper: bool = False
    digital: tuple[str, ...] | None = None
    code: str = ""
    address: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether the unit, the delegation and everybody else who is named as signing has signed.

        A secretary at the meeting has to sign as well.
        """
        has_secretary = any(person.role == "secretary" for person in self.attendance)
        heads = {signature.side for signature in self.signatures if signature.role != "secretary"}
        recorded = not has_secretary or any(signature.role == "secretary" for signature in self.signatures)
        return {"unit", "delegation"} <= heads and recorded and all(entry.signed_at for entry in self.signatures)
