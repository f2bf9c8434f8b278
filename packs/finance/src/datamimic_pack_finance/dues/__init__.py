"""What holders pay, or get, by what other packs of the world know of them."""
