"""What every page needs and no feature: render, headers, origin check, static files, the clock."""
