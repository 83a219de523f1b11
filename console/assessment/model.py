"""Assessment: facts and rules."""
