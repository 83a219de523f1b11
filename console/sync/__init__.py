"""The road to the city: envelope, sender, receiver, set-aside."""
