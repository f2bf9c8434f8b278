"""`python -m datamimic` is `dm`."""

from datamimic.cli import main

main(prog_name="dm")
