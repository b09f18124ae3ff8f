"""The queue of writers in front of SQLite's lock."""
