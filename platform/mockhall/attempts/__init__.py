"""The exam room: start, answer, mark, clear, hand in, time up."""
