"""From passages and a question to ranked answers: keep, search, rank."""
