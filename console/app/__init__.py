"""Everything is built here, once, and taken down in reverse."""
