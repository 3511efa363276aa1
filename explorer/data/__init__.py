"""What the pages show: queries joined to analysis, cached by the version of the data."""
