"""Edits are gathered, saved once, and each caller hears what became of the save that held theirs."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reelwright.engines.database.failures import DatabaseUnavailableError
from reelwright.ground.errors import InvalidInputError, ReelwrightError
from reelwright.ground.ids import UserId, WorkspaceId
from reelwright.ground.principals import Principal
from reelwright.projects.saving import SaveManager
from reelwright.projects.settings import ProjectSettings
from reelwright.projects.state import (
    StateConflictError,
    StateTooLargeError,
    StateVersion,
    checked,
    merged,
)
from support.clocks import TravellingLoop

SETTINGS = ProjectSettings(debounce_s=1, longest_wait_s=3, retries=2, retry_delay_s=0.5, backoff=2)
WHO = Principal(UserId.new(), WorkspaceId.new())
OTHER = Principal(UserId.new(), WHO.workspace)
PROJECT = "prj_1"


class Desk:
    """States in memory with the rules of the real ones; `troubles` are raised first, one a try.

    With `in_doubt` a trouble comes after the state was saved, as when a commit's answer is lost.
    """

    def __init__(self, troubles=(), takes_s=0.0, in_doubt=False):
        self.versions = [StateVersion(0, {})]
        self.troubles = list(troubles)
        self.tries = []
        self.saved_at = []
        self._takes_s = takes_s
        self._in_doubt = in_doubt
        self._lock = asyncio.Lock()

    async def change(self, who, project_id, change, *, expected=None, edit=False):
        async with self._lock:
            await asyncio.sleep(self._takes_s)
            loop = asyncio.get_running_loop()
            self.tries.append(loop.time())
            trouble = self.troubles.pop(0) if self.troubles else None
            if trouble and not self._in_doubt:
                raise trouble
            there = self.versions[-1]
            new = checked(change(there.state))
            if len(str(new)) > 2000:
                raise StateTooLargeError("too large")
            if new != there.state:
                since = self.versions[expected + 1 :] if expected is not None else []
                own = edit and all(one.user_id == who.user for one in since)
                if expected is not None and expected != there.version and not own:
                    raise StateConflictError(there, expected, new)
                self.versions.append(StateVersion(there.version + 1, new, None, who.user))
                self.saved_at.append(loop.time())
            if trouble:
                raise trouble
            return self.versions[-1]


def run(main):
    with asyncio.Runner(loop_factory=TravellingLoop) as runner:
        return runner.run(main())


def edit(name, value):
    return {"data": {name: value}}


def away():
    return DatabaseUnavailableError("away")


def test_many_edits_that_come_soon_become_one_version_and_all_hear_of_it():
    async def main():
        desk = Desk()
        saving = SaveManager(desk, SETTINGS)
        waiting = []
        for number in range(5):
            waiting.append(asyncio.ensure_future(saving.save(WHO, PROJECT, edit("n", number))))
            await asyncio.sleep(0.5)
        answers = await asyncio.gather(*waiting)
        assert {one.version for one in answers} == {1}
        assert desk.versions[-1].state == edit("n", 4)
        assert desk.saved_at == [3.0]  # 1 s of quiet would be 3.0 too; the longest wait is 3 s
        assert saving.status(WHO, PROJECT) is None

    run(main)


def test_an_edit_waits_no_longer_than_the_longest_wait():
    async def main():
        desk = Desk()
        saving = SaveManager(desk, SETTINGS)
        waiting = []
        for number in range(10):
            waiting.append(asyncio.ensure_future(saving.save(WHO, PROJECT, edit("n", number))))
            await asyncio.sleep(0.9)
        await asyncio.gather(*waiting)
        assert desk.saved_at[0] == pytest.approx(3.0)
        assert len(desk.versions) - 1 == 3

    run(main)


def test_save_now_does_not_wait_and_status_says_what_waits():
    async def main():
        desk = Desk()
        saving = SaveManager(desk, SETTINGS)
        assert await saving.save_now(WHO, PROJECT) is None
        one = asyncio.ensure_future(saving.save(WHO, PROJECT, edit("n", 1)))
        await asyncio.sleep(0.25)
        status = saving.status(WHO, PROJECT)
        assert status is not None
        assert (status.state, status.edits, status.waiting_s) == ("pending", 1, 0.25)
        assert saving.status(OTHER, PROJECT) is None
        saved = await saving.save_now(WHO, PROJECT)
        assert saved == await one
        assert desk.saved_at == [0.25]

    run(main)


def test_what_may_work_another_time_is_tried_again_after_the_set_delays():
    async def main():
        desk = Desk([away(), away()])
        saved = await SaveManager(desk, SETTINGS).save(WHO, PROJECT, edit("n", 1))
        assert saved.version == 1
        assert desk.tries == [1.0, 1.5, 2.5]
        desk = Desk([away() for _ in range(3)])
        with pytest.raises(DatabaseUnavailableError):
            await SaveManager(desk, SETTINGS).save(WHO, PROJECT, edit("n", 1))
        assert len(desk.tries) == 3

    run(main)


def test_a_save_whose_answer_was_lost_is_no_conflict_with_itself():
    async def main():
        desk = Desk([away()], in_doubt=True)
        saved = await SaveManager(desk, SETTINGS).save(WHO, PROJECT, edit("n", 1), expected=0)
        assert (saved.version, len(desk.tries)) == (1, 2)

    run(main)


def test_a_conflict_is_told_to_those_it_concerns_and_not_tried_again():
    async def main():
        desk = Desk()
        await desk.change(OTHER, PROJECT, lambda _: edit("theirs", 1))
        saving = SaveManager(desk, SETTINGS)
        stale, blind = await asyncio.gather(
            saving.save(WHO, PROJECT, edit("n", 1), expected=0),
            saving.save(WHO, PROJECT, edit("m", 2)),
            return_exceptions=True,
        )
        assert isinstance(stale, StateConflictError)
        assert stale.there.state == edit("theirs", 1)
        assert isinstance(blind, StateVersion)
        assert blind.state == {"data": {"theirs": 1, "m": 2}}
        assert len(desk.tries) == 3

    run(main)


def test_edits_made_while_ones_own_are_saved_are_not_stale():
    async def main():
        desk = Desk(takes_s=5)
        saving = SaveManager(desk, SETTINGS)
        one = asyncio.ensure_future(saving.save(WHO, PROJECT, edit("a", 1), expected=0))
        await asyncio.sleep(2)
        two = asyncio.ensure_future(saving.save(WHO, PROJECT, edit("b", 1), expected=0))
        assert [(await one).version, (await two).version] == [1, 2]
        await saving.save(OTHER, PROJECT, edit("c", 1))
        with pytest.raises(StateConflictError):
            await saving.save(WHO, PROJECT, edit("d", 1), expected=0)

    run(main)


def test_an_edit_that_cannot_be_saved_takes_no_other_down_with_it():
    async def main():
        desk = Desk()
        saving = SaveManager(desk, SETTINGS)
        with pytest.raises(InvalidInputError):
            await saving.save(WHO, PROJECT, {"timeline": {"no": "list"}})
        answers = await asyncio.gather(
            saving.save(WHO, PROJECT, edit("a", 1), expected=0),
            saving.save(WHO, PROJECT, edit("b", "x" * 3000), expected=0),
            saving.save(WHO, PROJECT, edit("c", 1), expected=0),
            return_exceptions=True,
        )
        assert isinstance(answers[1], StateTooLargeError)
        assert desk.versions[-1].state == {"data": {"a": 1, "c": 1}}
        assert isinstance(answers[2], StateVersion)
        assert answers[2].version == 2

    run(main)


def test_a_stop_saves_all_that_waits_at_once():
    async def main():
        desk = Desk()
        saving = SaveManager(desk, SETTINGS)
        waiting = [
            asyncio.ensure_future(saving.save(who, PROJECT, edit(str(n), n)))
            for n, who in enumerate((WHO, OTHER, WHO))
        ]
        gone = asyncio.ensure_future(saving.save(WHO, PROJECT, edit("gone", 1)))
        await asyncio.sleep(0)
        gone.cancel()
        await saving.stop()
        assert all(one.done() for one in waiting)
        assert desk.versions[-1].state == {"data": {"0": 0, "1": 1, "2": 2, "gone": 1}}
        assert max(desk.saved_at) == 0

    run(main)


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("edit"),
            st.sampled_from(["a", "b"]),
            st.integers(0, 2),
            st.sampled_from([None, "seen", "stale"]),
        ),
        st.tuples(st.just("wait"), st.sampled_from([0.1, 0.9, 1.1, 4.0])),
        st.tuples(st.just("now")),
        st.tuples(st.just("other"), st.integers(0, 2)),
        st.tuples(st.just("trouble"), st.integers(1, 4)),
    ),
    max_size=25,
)


class Story:
    """Edits and whatever else happens, told step by step; each edit leaves a mark of its own."""

    def __init__(self, takes_s):
        self.desk = Desk(takes_s=takes_s)
        self.saving = SaveManager(self.desk, SETTINGS)
        self.sent = []

    async def edit(self, name, value, knows):
        seen = self.desk.versions[-1].version
        expected = {None: None, "seen": seen, "stale": max(0, seen - 1)}[knows]
        mark = f"mark{len(self.sent)}"
        change = {"data": {name: value, mark: value}}
        saving = self.saving.save(WHO, PROJECT, change, expected=expected)
        self.sent.append((asyncio.ensure_future(saving), mark, expected))
        await asyncio.sleep(0)

    async def wait(self, seconds):
        await asyncio.sleep(seconds)

    async def now(self):
        asking = asyncio.ensure_future(self.saving.save_now(WHO, PROJECT))
        asking.add_done_callback(lambda done: done.exception())
        await asyncio.sleep(0)

    async def other(self, value):
        troubles, self.desk.troubles = self.desk.troubles, []
        await self.desk.change(OTHER, PROJECT, lambda state: merged(state, edit("o", value)))
        self.desk.troubles = troubles

    async def trouble(self, times):
        self.desk.troubles += [away() for _ in range(times)]

    def check(self):
        """An edit that was answered is in its version and none before; one refused is in none."""
        first = {}
        for version in self.desk.versions:
            for key in version.state.get("data", {}):
                first.setdefault(key, version.version)
        for task, mark, expected in self.sent:
            assert task.done()
            error = task.exception()
            if error is None:
                assert first[mark] == task.result().version
            else:
                assert isinstance(error, ReelwrightError)
                assert mark not in first
                assert not isinstance(error, StateConflictError) or expected is not None
        assert [one.version for one in self.desk.versions] == list(range(len(self.desk.versions)))


@settings(max_examples=120, deadline=None)
@given(STEPS, st.sampled_from([0.0, 0.3]))
def test_whatever_happens_each_caller_is_settled_with_the_save_that_held_their_edit(steps, takes_s):
    async def main():
        story = Story(takes_s)
        for step, *told in steps:
            await getattr(story, step)(*told)
        await story.saving.stop()
        assert story.saving.status(WHO, PROJECT) is None
        story.check()

    run(main)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(JSON, JSON)
def test_a_merge_patch_done_twice_is_a_merge_patch_done_once_and_changes_no_other(target, patch):
    before = repr((target, patch))
    once = merged(target, patch)
    assert merged(once, patch) == once
    assert repr((target, patch)) == before
