"""Questions kept for reuse: topics, immutable versions with their keys, editing."""
