"""A whole project as one file, written and read: its format is told in docs/project-files.md."""
