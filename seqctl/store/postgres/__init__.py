"""The book in a schema of a PostgreSQL server."""
