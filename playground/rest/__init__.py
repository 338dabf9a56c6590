"""Discord's REST API, v10: a module for each family of routes."""
