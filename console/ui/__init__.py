"""Qt furniture that every page uses; knows only core."""
