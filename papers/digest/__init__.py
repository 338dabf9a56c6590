"""The daily digest table, read and written."""
