"""`python -m storydiff` is `storydiff`."""

from storydiff.cli import main

main()
