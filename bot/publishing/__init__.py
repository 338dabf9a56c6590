"""Posting at Discord: what is said there, what may come of it, where it is looked for."""
