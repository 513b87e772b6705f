"""The steps by which the schema came about. What `REVISIONS` does not name is newer than this storydiff."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Oldest first."""
HEAD = REVISIONS[-1]
