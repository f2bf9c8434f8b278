import numpy as np
from datamimic import MixedFF1

cipher = MixedFF1(key=bytes(range(16)))
plate = np.array([[1, 2, 7, 4, 0, 9]])  # two letters and four digits
radices = np.array([[26, 26, 10, 10, 10, 10]])
tweaks = np.zeros((1, 0), dtype=np.uint8)
hidden = cipher.encrypt(plate, radices, tweaks)
assert (hidden < radices).all()
assert (cipher.decrypt(hidden, radices, tweaks) == plate).all()
