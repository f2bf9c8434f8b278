"""How large and how long an expression, its values and the work for one row may be.

Each row is bounded alone, never a batch, so that whether an expression fails does not depend on how rows are cut.
"""

from __future__ import annotations

from typing import Final

LONGEST_SOURCE: Final = 10_000
"""Characters of an expression."""
DEEPEST: Final = 100
"""Levels of an expression's tree."""
LONGEST_TEXT: Final = 100_000
"""Characters of a value, and of a list's items as text."""
MOST_ITEMS: Final = 10_000
"""Items of a list, tuple, set or dict, those of lists within it included."""
MOST_STEPS: Final = 50_000
"""Steps for one row: a step is an item of a loop, or a hundred characters, or eight items that a function goes through."""
MOST_BITS: Final = 4_096
"""Bits of a whole number."""
WIDEST: Final = 1_000
"""Width and decimals of a format."""
LONGEST_PATTERN: Final = 1_000
"""Characters of a regular expression."""
MOST_SEARCHED: Final = 200_000
"""Characters of a regular expression times those of the text that it is sought in."""
LARGEST_BATCH: Final = 200_000_000
"""Characters of all values of a batch together; a matter of memory, so the only bound that a smaller batch escapes."""
