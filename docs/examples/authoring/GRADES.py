from datamimic import GRADES

assert list(GRADES) == ["A", "B", "C", "D", "E"]
assert GRADES["E"].startswith("estimate")
