"""Bring tables into the graph: read, check, fold, plan, write."""
