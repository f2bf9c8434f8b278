"""Texts that a regular expression matches: read, made into an automaton, written by the number of each text.

parsing     a regular expression as a tree: literals, classes, groups, alternatives, repeats
automaton   the tree as a deterministic automaton, so that each text has one way through it
writing     texts by number, each once; and texts that are drawn
"""
