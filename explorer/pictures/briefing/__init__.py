"""Briefings: one small document, written as a page to print, for Word, and as PDF, the content the same in each."""
