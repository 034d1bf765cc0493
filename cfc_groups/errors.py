"""The refusals that an action or a query may raise; one handler (web.py) turns each into a page with a way back."""

from __future__ import annotations


class Refusal(Exception):
    """Something that may not or cannot be done; never a fault of the program."""

    status = 422

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class NotFound(Refusal):
    """There is no such thing, or the actor may not reach it: the answer is the same (R92)."""

    status = 404

    def __init__(self, code: str = "not_found", **facts: object) -> None:
        super().__init__(code, field=None, **facts)


class NotAllowed(Refusal):
    """The actor is known and may see that the thing exists, but may not do this to it."""

    status = 403

    def __init__(self, code: str = "not_allowed", **facts: object) -> None:
        super().__init__(code, field=None, **facts)


class RuleBroken(Refusal):
    """A rule of the domain says no: `code` finds the sentence, `field` names its input, `facts` fill it."""


class Conflict(RuleBroken):
    """Somebody was quicker, or the thing is not in a state for this any more."""

    status = 409


class TooMany(RuleBroken):
    """A limit is reached; `seconds` tells when to try again."""

    status = 429

    def __init__(self, code: str, *, seconds: int, **facts: object) -> None:
        super().__init__(code, field=None, seconds=seconds, **facts)
        self.seconds = seconds
