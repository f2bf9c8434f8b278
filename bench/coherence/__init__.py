"""The same checks on every tool's rows.

Each tool makes rows in its own environment (`samples/`), in one common form; `judge.py` runs every check on all of them, with
libraries that none of the tools is made of for what they can decide: zipcodes, phonenumbers, schwifty, python-stdnum.
"""
