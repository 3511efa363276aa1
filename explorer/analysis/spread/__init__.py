"""The story that the records tell: who took over what, from whom, after which visit."""
