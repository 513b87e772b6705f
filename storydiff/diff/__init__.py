"""What differs: words, coverage, discrepancies, reuse, revisions, firsts."""
