"""Officers, roles, sign-in, signatures."""
