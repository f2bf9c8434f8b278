import numpy as np
from datamimic import FF1

cipher = FF1(bytes(range(16)))
numbers = np.array([[4, 1, 7, 0, 0, 3, 9, 2], [4, 1, 7, 0, 0, 3, 9, 3]])
tweaks = np.zeros((2, 0), dtype=np.uint8)
hidden = cipher.encrypt(numbers, tweaks)
assert hidden.shape == numbers.shape and not (hidden[0] == hidden[1]).all()
assert (cipher.decrypt(hidden, tweaks) == numbers).all()
