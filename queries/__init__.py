"""Named questions to the graph, each in Cypher under a header in words, and the library that runs them."""
