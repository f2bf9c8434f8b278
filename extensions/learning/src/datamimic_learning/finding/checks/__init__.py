"""Check digits and other tests of one text, by the forms that name them."""
