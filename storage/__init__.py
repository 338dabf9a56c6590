"""SQLite behind the ports."""
