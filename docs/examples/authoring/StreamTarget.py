from collections.abc import Sequence

from datamimic import Pack, Registry, Sending, StreamRecord, StreamTarget, hookimpl


class Notes(Sending):
    """Keeps what it gets in a list, which confirms it."""

    def __init__(self) -> None:
        self.records: list[StreamRecord] = []

    @property
    def confirmed(self) -> int:
        return len(self.records)

    def send(self, records: Sequence[StreamRecord]) -> None:
        self.records += records

    def settle(self, seconds: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass


class NotesTarget(StreamTarget):
    """Takes what `dm changes … -o notes://here` sends."""

    name = "notes"
    schemes = ("notes",)

    def open(self, place: str) -> Sending:
        return Notes()


class NotesPack:
    @hookimpl
    def datamimic_pack(self) -> Pack:
        return Pack("notes", "1.0", "Records in lists")

    @hookimpl
    def datamimic_streams(self) -> list[type]:
        return [NotesTarget]


assert [*Registry.of(NotesPack()).streams()] == ["notes"]
sending = NotesTarget().open("notes://here")
sending.send([StreamRecord(b"A-1", b'{"op":"insert","order_id":"A-1"}', {"datamimic-entity": "shop.order"})])
assert sending.confirmed == 1
