"""Grid, roads and travel times, and the map page."""
