"""The entities of the pack, one file each."""
