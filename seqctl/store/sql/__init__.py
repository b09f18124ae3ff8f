"""What the engines share: SQL that each of them understands, behind a connection of few words."""
