"""Reading for lists, reports and checks."""
