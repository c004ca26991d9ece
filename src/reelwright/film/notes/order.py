"""Things put in another order: `this after that`."""

from collections.abc import Mapping, Sequence

START = "start"


def reorder(ids: Sequence[str], after: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Move each id of `after` behind the one it names (or to the start).

    Notes are obeyed from the ones others rest on, whatever their order in the file: a shot that
    follows a moved shot follows it to its new place. Returns the new order, and the ids whose note
    cannot be obeyed: what they name is not there, or they wait for each other.
    """
    order = list(ids)
    waiting = {one: target for one, target in after.items() if one in ids}
    failed = [one for one, target in waiting.items() if target != START and target not in ids]
    for one in failed:
        del waiting[one]
    while waiting:
        ready = [one for one, target in waiting.items() if target not in waiting]
        if not ready:
            return order, failed + list(waiting)
        for one in ready:
            order.remove(one)
            target = waiting.pop(one)
            order.insert(0 if target == START else order.index(target) + 1, one)
    return order, failed
