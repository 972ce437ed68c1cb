"""Figures from the log and the memory: pure functions, drawn elsewhere."""
