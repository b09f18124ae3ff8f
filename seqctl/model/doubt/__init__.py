"""Whether payment references tell all numbers of a book apart: what is proved, refuted, and in doubt."""
