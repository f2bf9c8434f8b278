"""Texts that a regular expression matches: read, made into an automaton, written by the number of each text.

letters     classes of letters by their names
tree        what an expression is made of
parsing     a regular expression as a tree
loose       the tree as states with steps, of which some have conditions
looking     the ways through those whose conditions look ahead or behind
automaton   all ways as one: a deterministic automaton, so that each text has one way through it
writing     texts by number, each once; and texts that are drawn
alike       texts that are as like to others as an expression lets them be
plain       expressions whose texts people read
in_python   expressions of other languages as Python's
"""
