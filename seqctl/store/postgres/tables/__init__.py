"""The tables of a book in a schema of a server: made, told from strange ones, checked."""
