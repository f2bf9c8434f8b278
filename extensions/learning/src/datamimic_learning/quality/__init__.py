"""How good a copy is: how much it resembles its originals."""
