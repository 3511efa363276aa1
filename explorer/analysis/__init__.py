"""Pure functions over tables: no database, no widgets; all can be tried on five nodes."""
