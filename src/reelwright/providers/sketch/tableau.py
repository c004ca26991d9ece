"""The tableau: everything in one picture, far to near, before the camera moves."""

import random
from dataclasses import replace
from functools import lru_cache

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import Size
from reelwright.film.picture import Figure, Picture, Place
from reelwright.ground.digests import draw
from reelwright.providers.sketch.blocking import Build, Standing, sits
from reelwright.providers.sketch.framing import Composition, compose
from reelwright.providers.sketch.light import Light, light_of
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.people.actor import Actor
from reelwright.providers.sketch.people.crowds import draw_crowd
from reelwright.providers.sketch.plates import Piece
from reelwright.providers.sketch.sets.choice import choose_set
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Layer, Palette, Stage
from reelwright.providers.sketch.things import insert_of, large
from reelwright.providers.sketch.view import View
from reelwright.providers.sketch.weather import fog_layers

_CROWD_AT = 0.94
_SOLE = 0.06  # what a figure's bounds add below its feet, as a share of its height


@lru_cache(maxsize=16)
def stage_of(place: Place, mood: str, width: float) -> Stage:
    """The place, built. Equal places are built alike, in every shot and every process."""
    seed = draw("place", place.location)
    stage = Stage(
        place=place,
        width=width,
        light=light_of(place, side=1 if seed % 2 else -1),
        palette=palette_of(place, mood),
        rng=random.Random(seed),
        variant=seed % 3,
    )
    choose_set(place).build(stage)
    return stage


def composed(picture: Picture) -> Composition:
    """The picture's place and people, framed. An insert shows its thing alone, if it can be drawn."""
    width = FRAME_HEIGHT * picture.width / picture.height
    stage = stage_of(picture.place, picture.mood, width)
    thing = insert_of(picture)
    size = picture.framing.size
    if thing is not None:
        size = Size.FULL if large(thing) else Size.INSERT
        picture = replace(picture, figures=())
    elif size is Size.INSERT:
        size = Size.MEDIUM_CLOSE
    picture = replace(picture, framing=replace(picture.framing, size=size))
    return compose(picture, stage, lambda figure: _build_of(figure, stage.light, stage.palette))


@lru_cache(maxsize=128)
def _build_of(figure: Figure, light: Light, palette: Palette) -> Build:
    actor = Actor(figure, 0, 0, 1.0, light, palette)
    hangs = max(0.0, actor.bounds.bottom() - _SOLE) if sits(figure) else 0.0
    return Build(-actor.eyes_y, hangs)


def set_pieces(stage: Stage, view: View, crowd: int) -> tuple[list[Piece], list[Piece]]:
    """The place behind the figures, and what of it stands before them; a crowd and fog between."""
    behind: list[Piece] = []
    before: list[Piece] = []
    added = [*([_crowd(stage, crowd)] if crowd else []), *fog_layers(stage)]
    layers = sorted([*stage.layers, *added], key=lambda layer: layer.depth > 1)
    for layer, wall in zip(layers, [*layers[1:], *layers[-1:]], strict=True):
        # What lies beyond a window must stay in it, also when the wall is seen enlarged.
        anchor = wall.depth if layer.name == "outlook" else layer.depth
        piece = _piece(layer, view, anchor)
        if piece is not None:
            (before if layer.depth > 1 else behind).append(piece)
    return behind, before


def _crowd(stage: Stage, count: int) -> Layer:
    seed = draw("crowd", stage.place.location, count)
    return Layer(
        _CROWD_AT,
        lambda canvas: draw_crowd(canvas, stage, count, random.Random(seed)),
        name="crowd",
    )


def light_in(composition: Composition) -> Light:
    """The light as the frame sees it: from the other side when the place is mirrored."""
    light = composition.stage.light
    return replace(light, side=-light.side) if composition.view.mirrored else light


def _piece(layer: Layer, view: View, anchor: float) -> Piece | None:
    matrix, zoom = view.matrix(anchor), view.zoom(anchor)
    if matrix is None or zoom is None:
        return None

    def seen(canvas: "skia.Canvas") -> None:
        canvas.save()
        canvas.concat(matrix)
        layer.draw(canvas)
        canvas.restore()

    return Piece(layer.depth, seen, layer.blur * zoom + view.softness(layer.depth), layer.glow)


def actor_of(standing: Standing, composition: Composition) -> Actor:
    """The figure, ready to be drawn where it stands."""
    stage = composition.stage
    light = (
        replace(stage.light, side=-stage.light.side) if composition.view.mirrored else stage.light
    )
    return Actor(standing.figure, standing.x, standing.y, standing.height, light, stage.palette)
