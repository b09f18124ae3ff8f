"""The nouns and rules of document numbering: pure values and functions, no clock, no files, no SQL."""
