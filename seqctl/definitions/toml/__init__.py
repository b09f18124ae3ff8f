"""Definition files in TOML, and the JSON Schema of their format."""
