"""Which characters the numbers of a sequence may hold."""
