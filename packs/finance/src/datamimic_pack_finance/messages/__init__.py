"""Messages between customers and banks: views of accounts and payments in the syntaxes of their standards.

iso20022   orders, payments between banks, answers, statements, notifications and enquiries, as XML
swift      the same as SWIFT MT, in blocks and tagged fields
clearing   files of national clearing houses: Bacs Standard 18, NACHA
"""
