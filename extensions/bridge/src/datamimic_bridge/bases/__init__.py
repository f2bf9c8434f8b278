"""Bases of entities, generators and services of one's own."""
