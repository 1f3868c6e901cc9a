"""From a file to passages with vectors: read, parse, split, embed."""
