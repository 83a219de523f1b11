"""Training city, training script, the sample post."""
