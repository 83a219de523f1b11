"""Must-reach points, and whether they were reached."""
