"""The report that an auditor gets: its sheets, its answers and its pictures, whatever it is written as."""
