from datamimic import Text
from datamimic.columns import join, join_present

first, last = Text.of(["Ada", None]), Text.of(["Byron", "Hopper"])
assert join(first, " ", last).tolist() == ["Ada Byron", None]
assert join_present(first, last, separator=" ").tolist() == ["Ada Byron", "Hopper"]
