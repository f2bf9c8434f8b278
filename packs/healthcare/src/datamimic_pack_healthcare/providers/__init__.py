"""Doctors: which are chosen, how they came to be doctors, where they work, and what they are registered as."""
