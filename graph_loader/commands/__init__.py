"""The commands of ``graph-loader``, by what they are for."""
