"""Bills and credit notes as Cross Industry Invoices of UN/CEFACT: Factur-X, which is ZUGFeRD, and XRechnung."""
