"""pupil_shares: which children are pupils with a school of their own: all from 5 to 14, as the laws on compulsory education ask in
every country of this pack (from 5 to 7 on, until 15 or later); who leaves it early is not told apart."""

from __future__ import annotations

from pack_data import publish


def main() -> None:
    publish(
        __file__, "pupil_shares", None, ["age_from", "share"],
        [(0, 0.0), (5, 1.0), (10, 1.0), (15, 0.0)],
        source="laws on compulsory education of the countries of the pack", grade="B", date="2026-11",
    )  # fmt: skip


if __name__ == "__main__":
    main()
