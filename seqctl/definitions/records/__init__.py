"""Files of records and of numbers: CSV, JSON Lines, plain lists."""
