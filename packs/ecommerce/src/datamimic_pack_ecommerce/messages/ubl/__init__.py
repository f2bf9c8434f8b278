"""Bills and credit notes in UBL 2.1: plain, by EN 16931, as Peppol BIS Billing and as XRechnung."""
