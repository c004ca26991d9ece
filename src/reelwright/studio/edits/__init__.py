"""Operations on the files of a workspace, as jobs; thumbnails, posters and drawn waveforms."""
