"""What to do next: whom to visit, which case to show, and whether that advice holds."""
