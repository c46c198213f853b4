"""From a question to hits and an answer: index, search, answer."""
