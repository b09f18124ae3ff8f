"""What is drawn on a terminal: tables, cards, trees, progress. The only room that knows rich."""
