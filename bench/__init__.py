"""Measurements against other generators: coherence and speed, one command each.

python -m bench                          rows per second of ours, every entity
python -m bench speed --peers            16 fields of a person, ours and the peers, interleaved
python -m bench coherence [--readme]     the same checks on every tool
"""
