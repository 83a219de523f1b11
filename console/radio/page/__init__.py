"""The radio room: what the officer sees and hears."""
