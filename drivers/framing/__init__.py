"""Pure cutting of byte streams into frames."""
