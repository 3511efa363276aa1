"""Measures of diffusion in the field's own terms, on arrays: nothing here knows regions, visits or dates."""
