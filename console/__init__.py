"""The command console of one street police post."""
