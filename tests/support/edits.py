"""Everything around work on files, and small true files to work on."""

import asyncio
import wave
from fractions import Fraction

import av
import numpy as np

from reelwright.engines.media.edits import worker
from reelwright.engines.media.edits.room import CuttingRoom
from reelwright.engines.media.edits.settings import MediaSettings
from reelwright.engines.storage.objects_disk import DiskObjects
from reelwright.engines.storage.signing import SignedUrls
from reelwright.ground.clock import SystemClock
from reelwright.jobs.kinds import JobKinds
from reelwright.jobs.processor import JobProcessor
from reelwright.jobs.progress import ProgressTracker
from reelwright.jobs.service import JobService
from reelwright.jobs.settings import JobSettings
from reelwright.library.asset_service import AssetService
from reelwright.library.assets import Origin, OriginKind
from reelwright.library.sniffing import sniff_file
from reelwright.projects.service import ProjectService
from reelwright.studio.edits.companions import Companions
from reelwright.studio.edits.desk import Desk
from reelwright.studio.edits.making import EditMaking
from reelwright.studio.edits.processor import MediaProcessor
from support.fake_durable import FakeDurable

FPS = 10
BEEP_HERTZ = 1000


class EditHouse:
    """The services, on a disk of their own."""

    def __init__(self, database, root, **settings):
        self.root, clock = root, SystemClock()
        self.objects = DiskObjects(root / "objects", SignedUrls(b"k" * 32, clock))
        self.library = AssetService(database, self.objects, clock)
        self.projects = ProjectService(database, clock)
        limits = MediaSettings(at_once=2, **settings)
        self.room = CuttingRoom(limits)
        self.desk = Desk(self.library, self.objects, self.projects, self.room)
        self.making = EditMaking(database, self.library, self.desk, self.room, limits)
        self.durable, kinds = FakeDurable(database), JobKinds([self.making.kind])
        given = (database, self.durable, kinds, clock)
        self.jobs = JobService(*given, JobSettings())
        self.tracker = ProgressTracker(clock)
        self.processor = JobProcessor(*given, self.tracker, JobSettings(progress_s=0.05))
        self.media = MediaProcessor(self.desk, self.jobs)
        self.companions = Companions(self.library, self.desk, self.room)

    async def keep(self, who, path):
        """A file as an upload."""
        return await self.library.keep(
            who,
            path,
            name=path.name,
            media_type=await asyncio.to_thread(sniff_file, path),
            origin=Origin(OriginKind.UPLOAD, path.name),
        )

    async def do(self, who, operation, params, *inputs, **more):
        """Ask for an operation and have it done; the job as it ended."""
        ids = [one.id for one in inputs]
        job = await self.media.process(who, operation, ids, params, **more)
        await self.durable.run_all(self.processor)
        return await self.jobs.get_job(who, job.id)

    def drafts(self):
        """What lies about unfinished."""
        return [one.name for one in self.objects.drafts.iterdir()]


def write_flashes(path, seconds=4, size=(64, 48), beat=1.0, rate=FPS, sound_rate=44_100):
    """A film, black but for a white frame at every `beat`, where a short tone begins."""
    per_beat = round(beat * rate)
    with av.open(str(path), "w") as file:
        picture = file.add_stream("libx264", rate=rate, options={"crf": "10"})
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        sound = file.add_stream("aac", rate=sound_rate, layout="mono")
        for number in range(round(seconds * rate)):
            shade = 255 if number % per_beat == 0 else 0
            plain = np.full((size[1], size[0], 3), shade, np.uint8)
            file.mux(picture.encode(av.VideoFrame.from_ndarray(plain, format="rgb24")))
        beeps = tone(seconds, sound_rate, beat)
        for at in range(0, len(beeps), 1024):
            part = np.ascontiguousarray(beeps[None, at : at + 1024], np.float32)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = sound_rate, at
            frame.time_base = Fraction(1, sound_rate)
            file.mux(sound.encode(frame))
        file.mux(picture.encode(None))
        file.mux(sound.encode(None))
    return path


def tone(seconds, rate, beat=1.0, hertz=BEEP_HERTZ):
    """A tone of a tenth of a second at every beat."""
    at = np.arange(round(seconds * rate)) / rate
    return 0.5 * np.sin(2 * np.pi * hertz * at) * (at % beat < 0.1)


def write_sound(path, signal, rate=44_100):
    """A WAV of a signal shaped (frames,) or (channels, frames)."""
    plain = np.atleast_2d(signal)
    with wave.open(str(path), "wb") as file:
        file.setparams((plain.shape[0], 2, rate, 0, "NONE", ""))
        file.writeframes((np.clip(plain, -1, 1).T * 32767).astype("<i2").tobytes())
    return path


def heard(path):
    """The sound of a file (channels, frames), and its rate."""
    with av.open(str(path)) as file:
        stream = file.streams.audio[0]
        resampler = av.AudioResampler("fltp", stream.layout.name, stream.rate)
        frames = [*file.decode(stream), None]
        parts = [one.to_ndarray() for frame in frames for one in resampler.resample(frame)]
        return np.concatenate(parts, axis=1), stream.rate


def shown(path):
    """Each frame's time in seconds and mean brightness."""
    with av.open(str(path)) as file:
        return [
            (float(frame.time or 0), float(frame.to_ndarray(format="gray").mean()))
            for frame in file.decode(video=0)
        ]


def flashes_and_beeps(path):
    """When it flashes, and when tones begin, in seconds."""
    flashes = [time for time, light in shown(path) if light > 128]
    signal, rate = heard(path)
    loud = np.abs(signal).max(axis=0)
    level = np.maximum.reduceat(loud, np.arange(0, len(loud), rate // 200)) > 0.2
    begins = np.flatnonzero(level & ~np.concatenate(([False], level[:-1])))
    return flashes, [float(one) / 200 for one in begins]


def make(folder, operation, params, *paths):
    """Do an operation in this process; what the worker answers."""
    asked = {"operation": operation, "params": params, "paths": list(paths), "folder": folder}
    return worker.make(asked, lambda _: None)
