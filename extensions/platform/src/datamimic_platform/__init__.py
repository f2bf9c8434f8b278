"""The platform: jobs, schedules, REST, people and rights. It makes no values of its own: a job gives what `dm run` gives.

settings    what the environment says
observing   logs, metrics, correlation ids
security    passwords, keys, tokens, rights, addresses, uploads
store       the tables of the platform, their migrations and the audit chain
kinds       what a job can do: one class a kind, found by name
jobs        the queue in the database, workers, artefacts
scheduling  when jobs are due, and that each is started once
services    what people and programs ask for, with their rights
api         the services as REST
agents      the services as tools of the Model Context Protocol
pages       the services for people, on a port of their own
serving     the process of `syndata up`
client      the API from a Python program
commands    the services as `syndata`
"""
