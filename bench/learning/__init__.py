"""How good learned copies are, and how fast they are learned, beside SDV: `python -m bench learning`.

sets     the public tables, in halves
copies   rows of every learner of one half
compare  what is measured of them, side by side, and the page
runners  what runs in SDV's own environment: the tables, SDV itself, and the judges (SDMetrics, scikit-learn)
"""
