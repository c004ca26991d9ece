"""The tableau: everything in one picture, far to near, before the camera moves."""

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from reelwright.engines.media.pencil import skia
from reelwright.film.breakdown.model import ShotKind, Size
from reelwright.film.picture import Figure, Picture, Place
from reelwright.ground.digests import draw
from reelwright.providers.sketch.blocking import Build, Standing, sits
from reelwright.providers.sketch.framing import Composition, compose
from reelwright.providers.sketch.inserts import insert_of, large
from reelwright.providers.sketch.light import Light, light_of
from reelwright.providers.sketch.palettes import palette_of
from reelwright.providers.sketch.people.actor import Actor
from reelwright.providers.sketch.people.crowds import Passer, draw_passers, gather, row_before
from reelwright.providers.sketch.plates import Piece
from reelwright.providers.sketch.sets.choice import choose_set
from reelwright.providers.sketch.stage import FRAME_HEIGHT, Layer, Palette, Stage
from reelwright.providers.sketch.view import View
from reelwright.providers.sketch.weather import fog_layers

IDLERS = 5  # of a crowd, who are drawn apart so that they can move
_ALL = skia.Rect(-4000, -4000, 4000, 4000)  # more than any layer draws
_FIRELIGHT = "firelight"  # the name of a layer that a fire lights
_CROWD_SOFT = 1.8  # a crowd is further out of focus than its place: it is not the story
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
        size = Size.MEDIUM_CLOSE if picture.figures else Size.CLOSE
        picture = replace(picture, framing=replace(picture.framing, kind=ShotKind.ACTION))
    picture = replace(picture, framing=replace(picture.framing, size=size))
    return compose(picture, stage, lambda figure: _build_of(figure, stage.light, stage.palette))


@lru_cache(maxsize=128)
def _build_of(figure: Figure, light: Light, palette: Palette) -> Build:
    # Without the rim: it is never thinner than a pixel, which at this size is a person's height.
    actor = Actor(figure, 0, 0, 1.0, light, palette, rim=False)
    hangs = max(0.0, actor.bounds.bottom() - _SOLE) if sits(figure) else 0.0
    return Build(-actor.eyes_y, hangs)


def set_pieces(stage: Stage, view: View, crowd: int) -> tuple[list[Piece], list[Piece]]:
    """The place behind the figures, and what of it stands before them; a crowd and fog between."""
    behind: list[Piece] = []
    before: list[Piece] = []
    layers = sorted([*stage.layers, *fog_layers(stage)], key=lambda layer: layer.depth > 1)
    people = gather(stage, crowd)
    row = row_before(stage)
    for layer, wall in zip(layers, [*layers[1:], *layers[-1:]], strict=True):
        if layer.name == row:
            behind += _crowd_pieces(people.far, stage, view)
        # What lies beyond a window must stay in it, also when the wall is seen enlarged.
        anchor = wall.depth if layer.name == "outlook" else layer.depth
        piece = _piece(layer, view, anchor)
        if piece is not None:
            (before if layer.depth > 1 else behind).append(piece)
    if not row:
        behind += _crowd_pieces(people.far, stage, view)
    if not view.nearby:
        behind += _crowd_pieces(people.near[:-IDLERS], stage, view)
    return behind, before


def fire_pieces(composition: Composition) -> list[Piece]:
    """The light of the fires of a dark place, which flickers."""
    stage, view = composition.stage, composition.view
    fires = [layer for layer in stage.layers if layer.name == _FIRELIGHT and stage.light.lamps]
    pieces = [_piece(replace(layer, glow=False), view, layer.depth) for layer in fires]
    return [piece for piece in pieces if piece is not None]


def idling_pieces(stage: Stage, view: View, crowd: int) -> list[tuple[Piece, "skia.Rect"]]:
    """The foremost of a crowd, whose life is seen, one by one, each with the box it needs."""
    if view.nearby:
        return []
    front = gather(stage, crowd).near[-IDLERS:]
    rows = ((one, _actors((one,), stage, view)) for one in front)
    return [
        (_row(actors, one.depth, stage, view), actors[0].bounds) for one, actors in rows if actors
    ]


def _crowd_pieces(passers: Sequence[Passer], stage: Stage, view: View) -> list[Piece]:
    """A row of a crowd as the view sees it."""
    actors = _actors(passers, stage, view)
    return [_row(actors, passers[-1].depth, stage, view)] if actors else []


def _row(actors: list[Actor], depth: float, stage: Stage, view: View) -> Piece:
    light, soft = _light_in(stage, view), _CROWD_SOFT * view.softness(depth)
    return Piece(depth, lambda canvas: draw_passers(canvas, actors, light, stage.palette), soft)


def _actors(passers: Sequence[Passer], stage: Stage, view: View) -> list[Actor]:
    """Some of a crowd in frame units, without those whom the camera has passed."""
    light = _light_in(stage, view)
    return [actor for one in passers if (actor := _passing(one, stage, view, light))]


def _passing(one: Passer, stage: Stage, view: View, light: Light) -> Actor | None:
    matrix, zoom = view.matrix(one.depth), view.zoom(one.depth)
    if matrix is None or zoom is None:
        return None
    feet = matrix.mapXY(one.mark.x, one.mark.y)
    figure = replace(one.figure, facing=-one.figure.facing) if view.mirrored else one.figure
    height = one.mark.height * zoom
    return Actor(figure, feet.x(), feet.y(), height, light, stage.palette, rim=False)


def light_in(composition: Composition) -> Light:
    """The light as the frame sees it: from the other side when the place is mirrored."""
    return _light_in(composition.stage, composition.view)


def _light_in(stage: Stage, view: View) -> Light:
    return replace(stage.light, side=-stage.light.side) if view.mirrored else stage.light


def _piece(layer: Layer, view: View, anchor: float) -> Piece | None:
    matrix, zoom = view.matrix(anchor), view.zoom(anchor)
    if matrix is None or zoom is None:
        return None

    def seen(canvas: "skia.Canvas") -> None:
        canvas.save()
        canvas.concat(matrix)
        canvas.drawPicture(_taped(layer))
        canvas.restore()

    return Piece(layer.depth, seen, layer.blur * zoom + view.softness(layer.depth), layer.glow)


@lru_cache(maxsize=128)
def _taped(layer: Layer) -> "skia.Picture":
    """A layer's drawing, recorded once for all the shots of a scene; a close view plays its part alone."""
    recorder = skia.PictureRecorder()
    layer.draw(recorder.beginRecording(_ALL, skia.RTreeFactory()()))
    return recorder.finishRecordingAsPicture()


def actor_of(standing: Standing, light: Light, palette: Palette) -> Actor:
    """The figure, ready to be drawn where it stands."""
    return Actor(standing.figure, standing.x, standing.y, standing.height, light, palette)
