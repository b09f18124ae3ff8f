"""What happens while a server is away: how long it is dialed again, what became of a commit, who confirms."""
