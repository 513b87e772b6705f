"""Keeping stories, versions and collations in SQL."""
