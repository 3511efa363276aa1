"""The app that coordinators open: analysis, pictures, and one view per page."""
