"""Sheets with a row a sequence: CSV and workbooks in, CSV out."""
