"""The use cases: collect versions, collate a story. The command line and the workers call nothing else."""
