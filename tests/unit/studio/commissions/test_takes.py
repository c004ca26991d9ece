"""Shots are fitted to the lengths a model makes: cut out of shared takes, or split over several."""

from hypothesis import given
from hypothesis import strategies as st

from reelwright.film.timeline import Rate
from reelwright.studio.commissions.takes import Cut, Need, Take, plan_takes

RATE = Rate(24)
VEO = (4.0, 6.0, 8.0)


def needs(*seconds, setup="s"):
    return [Need(n, setup, round(one * 24)) for n, one in enumerate(seconds)]


def cost(takes, lengths):
    """The seconds a vendor bills."""
    return sum(min(one for one in lengths if one * 24 >= take.frames) for take in takes)


def test_short_shots_of_one_set_up_share_a_take():
    (take,) = plan_takes(needs(1.5, 1.0, 1.5), VEO, RATE)
    assert take.cuts == (Cut(0, 0, 36), Cut(1, 36, 24), Cut(2, 60, 36))
    assert take.frames == 96


def test_shots_of_different_set_ups_share_none():
    one, two = (
        [Need(0, "a", 24), Need(1, "b", 24)],
        plan_takes([Need(0, "a", 24), Need(1, "b", 24)], VEO, RATE),
    )
    assert [take.shots for take in two] == [(0,), (1,)]
    assert len(plan_takes(one[:1], VEO, RATE)) == 1


def test_shots_that_would_save_nothing_have_takes_of_their_own():
    assert [take.shots for take in plan_takes(needs(4.0, 4.0), VEO, RATE)] == [(0,), (1,)]


def test_a_shot_and_its_reverse_alternate_and_still_share_two_takes():
    dialogue = [Need(n, "ab"[n % 2], 36) for n in range(4)]
    assert [take.shots for take in plan_takes(dialogue, VEO, RATE)] == [(0, 2), (1, 3)]


def test_a_shot_longer_than_all_takes_goes_on_in_another():
    takes = plan_takes(needs(18.0), VEO, RATE)
    assert [(take.part, take.shots) for take in takes] == [(0, (0,)), (1, (0,)), (2, (0,))]
    assert sum(take.frames for take in takes) == 18 * 24
    assert all(take.frames <= 8 * 24 for take in takes)


def test_without_lengths_each_shot_is_a_take():
    assert plan_takes(needs(1.0, 30.0), (), RATE) == [
        Take("s", (Cut(0, 0, 24),)),
        Take("s", (Cut(1, 0, 720),)),
    ]


lengths = st.lists(st.integers(1, 15).map(float), min_size=1, max_size=6, unique=True).map(sorted)
shots = st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 900)), min_size=1, max_size=30)


@given(shots, lengths, st.sampled_from((Rate(24), Rate(30000, 1001), Rate(25))))
def test_every_frame_of_every_shot_comes_from_exactly_one_take(asked, slots, rate):
    wanted = [Need(n, setup, frames) for n, (setup, frames) in enumerate(asked)]
    takes = plan_takes(wanted, slots, rate)
    made = dict.fromkeys(range(len(wanted)), 0)
    for take in takes:
        at = 0
        for cut in take.cuts:
            assert cut.start == at, "the pieces of a take lie one after the other"
            at += cut.frames
            made[cut.shot] += cut.frames
            assert wanted[cut.shot].setup == take.setup
        assert rate.seconds(take.frames) <= slots[-1] + 1e-6, "no take is longer than the longest"
    assert made == {n: one.frames for n, one in enumerate(wanted)}


@given(shots, lengths)
def test_sharing_takes_never_costs_more_than_a_take_each(asked, slots):
    wanted = [
        Need(n, setup, min(frames, int(slots[-1] * 24))) for n, (setup, frames) in enumerate(asked)
    ]
    alone = [Take(one.setup, (Cut(one.shot, 0, one.frames),)) for one in wanted]
    assert cost(plan_takes(wanted, slots, RATE), slots) <= cost(alone, slots)
