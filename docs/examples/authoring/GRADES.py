from datamimic import GRADES

assert list(GRADES) == ["A", "B", "C", "E"]
assert GRADES["E"].startswith("estimate")
