"""Numbers: requests, issues, held numbers, counters, gap runs."""
