"""The terminal face: prompts by Shape, drawing, and the loops that drive a session."""
