"""What requests may hold (`asked`, `item`) and what answers hold (`told`, `told_hooks`), as pydantic models."""
