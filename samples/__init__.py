"""Fictional documents in the real layouts, and the typesetter that makes them."""
