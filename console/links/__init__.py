"""The post's wires: states and the pure reconnect step, supervisor, recorder."""
