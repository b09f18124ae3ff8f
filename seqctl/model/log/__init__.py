"""Events, the chain that they form, and what they make of a ledger."""
