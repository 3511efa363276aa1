"""One file per page, one ``render`` each; widgets only."""
