"""Definition files: TOML in and out, with the file and line of everything that is wrong."""
