"""What commands report: statements, adoptions, assignments, reconciliations."""
