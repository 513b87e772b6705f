"""Showing a collation: JSON, terminal, Markdown, CSV, HTML."""
