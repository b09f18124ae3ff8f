"""Sequences of Odoo: each of their date ranges is a range."""
