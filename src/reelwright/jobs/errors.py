"""What can go wrong with jobs beside what can go wrong with everything."""

from reelwright.ground.errors import Kind, ReelwrightError


class OutcomeUnknownError(ReelwrightError):
    """A runner cannot know whether its work was done: the job is unknown until somebody finds out.

    It is never done again blindly, and nothing is released.
    """

    code = "outcome_unknown"
    kind = Kind.UNAVAILABLE
