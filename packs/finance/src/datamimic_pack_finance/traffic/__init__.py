"""What goes over the networks when somebody pays by card: requests and answers, reversals, clearing, disputes.

cards_of     which of an account's debit cards a payment was made with
writing      moments, amounts and names as messages of ISO 8583 write them
acceptors    shops and cash machines: their numbers, and the bank that acquires their payments
payment      everything that the messages of one payment share
"""
