"""What is done about events, after the commit of what happened: one line a reaction."""

from reelwright.engines.events.reactions import Reaction
from reelwright.identity.invitations import INVITED
from reelwright.identity.letters.inviting import InvitationWriter
from reelwright.identity.letters.writing import LetterWriter
from reelwright.identity.mail_codes import LETTER
from reelwright.library.letters.writing import KINDS, RightsLetters


def reactions(
    letters: LetterWriter, invitations: InvitationWriter, rights: RightsLetters
) -> tuple[Reaction, ...]:
    """All of them."""
    return (
        Reaction("letters", frozenset({LETTER}), letters.write, within_s=60),
        Reaction("invitations", frozenset({INVITED}), invitations.write, within_s=60),
        Reaction("letters of rights", KINDS, rights.write, within_s=60),
    )
