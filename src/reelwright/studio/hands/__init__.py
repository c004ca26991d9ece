"""What a film-maker has made by words: stills, moving shots, voices, sounds, worlds, pictures found."""
