"""Tables that people have: CSV, JSON, workbooks and plain lists, read by one reader for every command."""
