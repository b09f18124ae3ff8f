"""The book as a file: made, upgraded, copied, told from strange files."""
