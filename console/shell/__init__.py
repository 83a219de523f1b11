"""Window, navigation, sign-in, command bar, alerts, crash page."""
