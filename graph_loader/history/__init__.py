"""What became of the graph: its runs, what each changed, the way back, the graph against its tables, and out again."""
