"""The book as a whole: what is made beside its numbers."""
