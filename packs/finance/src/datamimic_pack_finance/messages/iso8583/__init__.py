"""Messages of card networks, ISO 8583: requests and answers, reversals, clearing; versions 1987 and 1993.

forms      how fields are written in each version
network    what both versions share: settings, and the parts that all messages repeat
broken     rules of all of them, and how each is broken
requests   authorisations, cash, reversals, with their answers
clearing   what is cleared, charged back and presented again
"""
