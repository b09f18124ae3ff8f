"""The mark that a book on a server may have, in a file outside of the cluster."""
