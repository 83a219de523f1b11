"""The technician's command line: one file a verb."""
