"""What becomes of values.

alphabets     characters as places in their alphabets
matrices      texts as matrices of characters
canonical     values as the texts that they are the same by
digests       keyed digests of whole columns
shapes        texts of one length, encrypted within their alphabets
check_digits  numbers with check digits: which places are free, and what follows from them
encrypting    columns encrypted in their format
naming_anew   digests and tokens
days_in_texts texts that are days, in whatever form
written_dates days as columns hold them
coarsening    steps, edges, periods, noise, shifted days
fitting       values of a world as a column writes its own
telephones    telephone numbers as a column writes its own
traits        what replaced people keep of the originals
population    which row of a world takes the place of a subject
lexicon       originals that may stand in running text
free_text     running text, masked
"""
