"""Assessment: what the officer sees."""
