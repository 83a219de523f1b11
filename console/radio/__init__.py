"""The radio room: channels, talk, short messages, and the log of every exchange."""
