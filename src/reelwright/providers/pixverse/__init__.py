"""PixVerse: shots from words, from a picture, between two pictures, and going on from a shot."""
