"""Rows per second: ours by entity and target (`ours.py`), and beside other tools in one interleaved run (`race.py`)."""
