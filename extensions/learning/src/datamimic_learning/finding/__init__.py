"""Personal data in columns and in running text: found by headers, forms, check digits, name and place tables, distributions.

terms      meanings that columns can have, those of the packs and our own, and whether they identify somebody
checks     check digits of national, payment and device numbers
form       what whole values look like: contacts, documents, numbers, technical values (forms/*.toml)
tables     names and places of the installed packs
readings   what values say: names, addresses, dates, categories, text
headers    what the name of a column says
weighing   all evidence of a column together
spans      where personal data stands in running text
finding    `find_personal`
"""
