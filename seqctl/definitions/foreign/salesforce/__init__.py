"""Sequence policies of Salesforce Revenue Cloud."""
