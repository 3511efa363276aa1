"""Cypher as text: its pieces, the names and patterns in it, what is wrong with it, its plan in words."""
