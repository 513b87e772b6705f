"""Getting pages politely and safely, and keeping their bytes."""
