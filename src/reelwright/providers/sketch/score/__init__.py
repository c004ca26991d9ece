"""Music that follows the scene: composed by rules, played by small synthesised instruments."""

from reelwright.providers.sketch.score.music import make_score

__all__ = ["make_score"]
