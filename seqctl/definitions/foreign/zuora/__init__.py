"""Sequence sets of Zuora Billing."""
