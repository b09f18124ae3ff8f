"""Where a book is kept: the port that the actions see (`port.py`) and the engines behind it."""
