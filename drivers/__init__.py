"""Device drivers: bytes to frames to messages. Knows nothing of the console."""
