"""The grammar of the command line: declarations of commands, and the three ways to read a call by them."""
