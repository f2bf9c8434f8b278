"""Classes and modules made of installed packs, by their names in the described product."""
