"""From tables to pictures: chart options, drawings and HTML; pure functions."""
