"""Sounds of any length, as blocks that come one after the other."""

from collections.abc import Iterable, Iterator

import numpy as np

from reelwright.engines.media.limiter import HOP, LOOKAHEAD, limit
from reelwright.engines.media.sound import Signal


def in_blocks(blocks: Iterable[Signal], size: int) -> Iterator[Signal]:
    """The same sound in blocks of `size` frames; the last may be shorter."""
    kept: list[Signal] = []
    held = 0
    for block in blocks:
        kept.append(block)
        held += block.shape[1]
        if held < size:
            continue
        whole = np.concatenate(kept, axis=1)
        cut = held // size * size
        for at in range(0, cut, size):
            yield whole[:, at : at + size]
        kept, held = [whole[:, cut:]], held - cut
    if held:
        yield np.concatenate(kept, axis=1)


def limited(blocks: Iterable[Signal], ceiling: float) -> Iterator[Signal]:
    """A sound whose true peak stays under `ceiling` (a factor), block by block without a step."""
    size = HOP * 1024
    before = waiting = None
    for block in in_blocks(blocks, size):
        if waiting is not None:
            yield _limited(before, waiting, block, ceiling)
            before = waiting
        waiting = block
    if waiting is not None:
        yield _limited(before, waiting, None, ceiling)


def _limited(before: Signal | None, block: Signal, after: Signal | None, ceiling: float) -> Signal:
    lead = before[:, -LOOKAHEAD:] if before is not None else block[:, :0]
    tail = after[:, :LOOKAHEAD] if after is not None else block[:, :0]
    made = limit(np.concatenate((lead, block, tail), axis=1), ceiling)
    return made[:, lead.shape[1] : lead.shape[1] + block.shape[1]]
