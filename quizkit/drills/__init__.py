"""Drilling a class, as pure state: what to ask, the room, points, and what an answer is worth."""
