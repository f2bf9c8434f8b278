"""HL7 version 2.5.1: messages of visits, one file per kind of event.

segments   what stands in MSH, PID, PV1 and the others
parts      persons, places and numbers in them
"""
