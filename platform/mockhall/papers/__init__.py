"""Mock tests as an editor sets them: sections, rules, publishing, the catalogue."""
