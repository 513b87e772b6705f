"""The digest: composed as values, rendered as mail and as feeds, sent by SMTP.

`compose` decides what is told, `letter` writes it, `send` hands it over, `feeds` shows the same things as Atom.
"""
