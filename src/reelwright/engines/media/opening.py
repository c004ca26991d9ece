"""How files of strangers are opened: as what they are, and never as a list of others."""

from typing import Final

_DEMUXERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,wav,aiff,mp3,flac,ogg,aac,gif,mxf,dv"
)
# Playlists and lists of files are left out: they would have us read what their writer names, of this
# machine or of the network.
OPENING: Final = {"format_whitelist": _DEMUXERS, "protocol_whitelist": "file"}
"""Options for `av.open`."""
