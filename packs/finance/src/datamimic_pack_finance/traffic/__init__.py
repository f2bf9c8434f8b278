"""What goes over the networks when somebody pays by card: requests and answers, reversals, clearing, disputes.

attempts     what became of a payment: approved, declined, taken back
reading      how the card was read, and what was checked where it was not there
acceptors    shops and cash machines: their numbers, and the bank that acquires their payments
postings     when a payment is posted and cleared
disputes     chargebacks, and what is presented again
shares       how often these things happen
wire         everything that the messages of one payment share
writing      moments, amounts and names as messages of ISO 8583 write them
"""
