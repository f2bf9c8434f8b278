"""Devices: what they are, how they are kept, and who uses them."""
