"""Document sequences of Sage Intacct."""
