"""The commands on the four kinds of definitions: one file for each verb, one table of the kinds."""
