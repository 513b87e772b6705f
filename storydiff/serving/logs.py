"""Logs, where the faces that serve HTTP look for them: see `storydiff.logs`."""

from __future__ import annotations

from storydiff.logs import CONTEXT, JsonLines, about, set_up

__all__ = ["CONTEXT", "JsonLines", "about", "set_up"]
