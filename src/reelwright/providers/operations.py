"""What can be asked of a provider: of an artist, who is given the film itself, or of a model, in words."""

from enum import StrEnum


class Operation(StrEnum):
    """One kind of making. The first five take the film's own data, the others words and files."""

    STILL = "still"
    MOTION = "motion"
    VOICE = "voice"
    AMBIENCE = "ambience"
    SCORE = "score"

    TEXT_TO_IMAGE = "text-to-image"
    IMAGE_TO_IMAGE = "image-to-image"
    TEXT_TO_VIDEO = "text-to-video"
    IMAGE_TO_VIDEO = "image-to-video"
    FIRST_LAST_FRAME = "first-last-frame"
    EXTEND_VIDEO = "extend-video"
    SPEECH = "speech"
    MUSIC = "music"
    SOUND_EFFECT = "sound-effect"
    WORLD = "world"
    TRAIN_LORA = "train-lora"
    TEXT = "text"
    SEARCH_IMAGES = "search-images"


DRAWN = frozenset(
    (Operation.STILL, Operation.MOTION, Operation.VOICE, Operation.AMBIENCE, Operation.SCORE)
)
"""What an artist makes of the film's own data."""
