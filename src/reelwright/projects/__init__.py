"""Projects: a screenplay on its way to a film, revision by revision."""
