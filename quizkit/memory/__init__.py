"""The science: when to ask what. FSRS schedules, the queue chooses."""
