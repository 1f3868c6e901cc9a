"""The page: what a visitor sees of the index, and where a keeper adds to it."""
