"""Assessment: acts."""
