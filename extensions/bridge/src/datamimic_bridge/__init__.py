"""The module names of DATAMIMIC CE over datamimic: its examples run when the first word of their import lines changes.

    from datamimic_bridge.domains.healthcare.services import PatientService

domains.<domain>.services, .models, .generators, .literal_generators   of every installed pack, found in the registry
domains.domain_core   bases of entities, generators and services of one's own
domains.facade        the request API
domains.utils, utils  tables of one's own and of packs

Nothing here makes a value: packs and core do, so values, seeds and errors are theirs.
"""
