"""The web pages: rendered here, readable without scripts, with nothing from any other host.

`pages` is the table of all addresses; each handler is a plain function from a call to an answer and runs in a thread.
Templates extend `layout.html.j2` and use the macros of the report's `parts/`.
"""
