"""The director's desk: questions about a project, answered in prose and in notes one may add."""
