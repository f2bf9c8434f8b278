"""Other learners: what fits a sample and gives rows like it. Their rows become a model of tables that exist.

learner   what a learner is
rows      a sample, fitted by a learner, and its rows written
synthcity, mostlyai, sdv   learners of others, where they are installed
"""
