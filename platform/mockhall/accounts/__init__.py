"""People: guests, students, editors, staff and admins; their sessions and links."""
