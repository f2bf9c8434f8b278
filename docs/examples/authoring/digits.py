import numpy as np
from datamimic.columns import digit_matrix, digits, divided, from_bytes, number_text

assert digits(np.array([7, 42]), 4, prefix="N").tolist() == ["N0007", "N0042"]
assert number_text(np.array([7, -42])).tolist() == ["7", "-42"]
assert from_bytes(digit_matrix(np.array([7, 42]), 3)).tolist() == ["007", "042"]
quotient, rest = divided(np.array([27, 53]), 26)
assert (quotient.tolist(), rest.tolist()) == ([1, 2], [1, 1])
