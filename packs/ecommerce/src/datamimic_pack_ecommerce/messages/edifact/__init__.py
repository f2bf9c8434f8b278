"""EDIFACT messages of the directories D.01B and D.96A: what the shop's front and its warehouse send each other."""
