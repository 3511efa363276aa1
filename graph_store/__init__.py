"""The model of the graph, and the connection to it."""
