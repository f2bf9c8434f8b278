"""What every measure is called, and what it says, in a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple


class Explained(NamedTuple):
    title: str
    sentence: str
    right: str
    """What an independent copy has."""


EXPLAINED: Final[Mapping[str, Explained]] = MappingProxyType(
    {
        "exact_copies": Explained(
            "Exact copies",
            "Rows of the copy that are rows of the original in every compared column, above what chance makes.",
            "0: no more than another half has",
        ),
        "near_copies": Explained(
            "Near copies",
            "Rows of the copy that differ from a row of the original in exactly one column, above what chance makes.",
            "0: no more than another half has",
        ),
        "recurring_values": Explained(
            "Values that identify",
            "Distinct values of keys and texts of the copy that are values of the original.",
            "0: no more than another half has",
        ),
        "kept_columns": Explained(
            "Columns kept as they are",
            "Rows of the copy whose value in a column is one that hardly any original has, above that of another half.",
            "0: no more than another half has",
        ),
        "dcr_share": Explained(
            "Distance to the closest record",
            "Rows of the copy that are nearer to an original than to a row of the other half.",
            "0.5: as near to people who were not in it",
        ),
        "dcr_close": Explained(
            "Closest twentieth",
            "Rows of the copy that come as close to an original as the closest twentieth of others do.",
            "0.05: as many as of others",
        ),
        "nndr_close": Explained(
            "Nearest neighbour distance ratio",
            "Rows of the copy that are as much nearer to one original than to the next as the outermost twentieth of others.",
            "0.05: as many as of others",
        ),
        "k_anonymity": Explained(
            "k-anonymity",
            "Rows of the smallest group of the copy that is alike in what others may know.",
            "large, where rows are those of people; made up rows may be alone",
        ),
        "l_diversity": Explained(
            "l-diversity", "The fewest different values of a sensitive column in such a group.", "at least 2"
        ),
        "t_closeness": Explained(
            "t-closeness",
            "How far the values of a sensitive column in such a group are from those of all, at most.",
            "small: the group tells nothing",
        ),
        "unique_matches": Explained(
            "Unique matches",
            "Rows of the copy that are alone in what others may know, and are so like one single original; above those of the "
            "other half.",
            "0: no more than another half has",
        ),
        "singling_out": Explained(
            "Singling out",
            "What is met by one row of the copy alone is met by one original alone: what that gains over the other half.",
            "0: it gains nothing",
        ),
        "membership": Explained(
            "Membership inference",
            "Who knows a person's row tells from the copy whether it was among the originals: area under the curve.",
            "0.5: a guess",
        ),
        "attribute_inference": Explained(
            "Attribute inference",
            "What is not known of a person is guessed from the row of the copy that is most like what is known: what that "
            "gains on originals over people of the other half.",
            "0: it gains nothing",
        ),
        "linkability": Explained(
            "Linkability",
            "Two who know a half each of a person's columns find the same row of the copy: what that gains over people of the "
            "other half.",
            "0: it gains nothing",
        ),
        "linkage_across": Explained(
            "Linkage across outputs",
            "Rows of the copy that lead to one single row of another output of the same people.",
            "0: none",
        ),
    }
)
