"""Messages between customers and banks: views of accounts and payments in the syntaxes of their standards.

iso20022   orders, payments between banks, answers, statements, notifications and enquiries, as XML
swift      the same as SWIFT MT, in blocks and tagged fields
iso8583    what card networks exchange of a payment: requests, answers, reversals, clearing, disputes
clearing   files of national clearing houses: Bacs Standard 18, NACHA
"""
