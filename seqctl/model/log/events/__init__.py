"""What events say, a class a kind; `kinds.py` is the table of them all."""
