"""What the quality bench asks of storydiff: each function is the public API and nothing else."""

from bench.adapter_discrepancies import discrepancies, odd_one_out
from bench.adapter_extract import extract
from bench.adapter_grouping import group
from bench.adapter_quotes import quotes
from bench.adapter_revisions import revise
from bench.adapter_support import coverage, links, shared_detail

__all__ = ["coverage", "discrepancies", "extract", "group", "links", "odd_one_out", "quotes", "revise", "shared_detail"]
