"""Events that the program itself would never write."""

from dataclasses import dataclass

from seqctl.model.log.events.said import Said


@dataclass(frozen=True)
class OddEvent(Said):
    """An event of any action, with any text as its detail."""

    action: str
    subject: str
    text: str = "{}"
    counter_id: int | None = None
    first: int | None = None
    last: int | None = None

    def detail(self) -> str:
        return self.text
