"""Messages of trade, views of orders and stock: EDIFACT, and invoices in UBL and CII."""
