"""How accounts come by their numbers, their monthly payments, their dates and their balance."""
