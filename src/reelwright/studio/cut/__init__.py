"""The cut: pieces joined, sound mixed, boards drawn, a folder an editor opens."""
