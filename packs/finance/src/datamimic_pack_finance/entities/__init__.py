"""The entities of finance, one file each."""
