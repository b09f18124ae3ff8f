"""Payment references: what a customer writes on a transfer, so that a bank's file names the invoice."""
