"""Trouble by name, which an operator or a test starts and stops."""
