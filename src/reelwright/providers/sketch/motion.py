"""Motion: a picture set in motion, written as one segment of film."""

from pathlib import Path

from reelwright.engines.media.pencil import skia
from reelwright.engines.media.video import SegmentWriter, Sheet
from reelwright.ground.digests import digest, draw
from reelwright.providers.contract import MotionRequest, Product
from reelwright.providers.sketch.camera import Camera
from reelwright.providers.sketch.grade import grade
from reelwright.providers.sketch.plates import Piece, Plate, Raster, flatten
from reelwright.providers.sketch.tableau import actor_of, composed, set_pieces


def make_motion(request: MotionRequest, folder: Path) -> Product:
    """Draw, move and encode one shot: `handles + frames + handles` frames."""
    total = request.frames + 2 * request.handles
    path = folder / f"motion-{digest(request)[:16]}.mp4"
    writing = path.with_suffix(".part")
    picture = request.picture
    keys = {0, request.handles, request.handles + request.frames} | {
        request.handles + k for k in request.keys
    }
    with SegmentWriter(writing, picture.width, picture.height, request.rate, keys) as writer:
        _film(request, writer, total)
    writing.replace(path)
    return Product(path, "video/mp4", {"frames": total})


def _film(request: MotionRequest, writer: SegmentWriter, total: int) -> None:
    picture = request.picture
    width, height = picture.width, picture.height
    composition = composed(picture)
    stage = composition.stage
    camera = Camera(
        picture.framing.move, picture.framing.size, picture.framing.lens,
        request.rate.seconds(request.frames), stage.width, draw("hand", picture.prompt) % 2**31,
    )  # fmt: skip
    raster = Raster(width, height, 0 if camera.still else round(0.11 * max(width, height)))
    behind, before = set_pieces(composition)
    people = [
        Piece(one.depth, actor_of(one, stage.light, stage.palette).draw, one.blur)
        for one in composition.cast
    ]
    groups = [
        ([p for p in behind if p.depth < 0.5], True),
        ([p for p in behind if p.depth >= 0.5], False),
    ]
    plates = [flatten(g, raster, opaque=o) for g, o in groups if g]
    plates += [flatten([p], raster) for p in people + before]
    sheet = Sheet(width, height)
    for i in range(total):
        pose = camera.at((i - request.handles) / max(1, request.frames - 1))
        for plate in plates:
            if plate is not None:
                _lay(sheet.canvas, plate, camera, pose, width, height)
        sheet.canvas.drawImage(grade(width, height), 0, 0)
        writer.write(sheet.converted())


def _lay(canvas, plate: Plate, camera: Camera, pose, width: int, height: int) -> None:
    share = camera.depth_share(plate.depth)
    zoom = 1 + (pose.zoom - 1) * share
    canvas.save()
    canvas.translate(width / 2, height / 2)
    canvas.scale(zoom, zoom)
    s = height / 720
    canvas.translate(
        -width / 2 - pose.x * share * s + plate.x, -height / 2 - pose.y * share * s + plate.y
    )
    canvas.drawImage(plate.image, 0, 0, skia.SamplingOptions(skia.FilterMode.kLinear))
    canvas.restore()
