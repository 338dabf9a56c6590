"""How papers look in Discord."""
