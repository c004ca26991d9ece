"""Which state may follow which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelwright.jobs.states import (
    ACTIVE,
    AT_BIRTH,
    FINAL,
    LIVE,
    TRANSITIONS,
    AfterFailure,
    JobState,
    before,
    judged,
)
from reelwright.jobs.tables import LIVE_SQL

states = st.sampled_from(JobState)


def test_every_state_has_its_row_and_can_be_reached():
    assert set(TRANSITIONS) == set(JobState)
    reached = set(AT_BIRTH)
    for _ in JobState:
        reached |= {after for one in reached for after in TRANSITIONS[one]}
    assert reached == set(JobState)


def test_what_is_completed_stays_so_and_every_live_state_can_end():
    assert TRANSITIONS[JobState.COMPLETED] == frozenset()
    for state in LIVE:
        assert JobState.CANCELLED in TRANSITIONS[state]
        assert JobState.FAILED in TRANSITIONS[state]


def test_an_end_is_only_left_by_a_new_attempt():
    for state in FINAL:
        assert TRANSITIONS[state] <= AT_BIRTH


def test_what_is_unknown_is_never_run_again():
    assert TRANSITIONS[JobState.UNKNOWN] == FINAL


def test_only_what_runs_completes():
    assert before(JobState.COMPLETED) == ACTIVE | {JobState.UNKNOWN}


def test_the_tables_idea_of_living_is_the_states():
    assert LIVE_SQL.count("'") == 2 * len(LIVE)
    assert all(f"'{state}'" in LIVE_SQL for state in LIVE)


@given(states, states)
def test_before_reads_the_table_backwards(one, other):
    assert (one in before(other)) == (other in TRANSITIONS[one])


@given(st.lists(states), st.sampled_from(AfterFailure), st.booleans())
def test_a_child_goes_only_when_nobody_it_waits_for_lives(parents, policy, later):
    state = judged(parents, policy, later=later)
    if state in {JobState.QUEUED, JobState.SCHEDULED}:
        assert set(parents) <= FINAL
        assert (state is JobState.SCHEDULED) == later
        if policy is not AfterFailure.RUN:
            assert set(parents) <= {JobState.COMPLETED}
    elif state is JobState.BLOCKED:
        assert set(parents) & LIVE
    else:
        assert set(parents) & {JobState.FAILED, JobState.CANCELLED}
        assert state == {"fail": JobState.FAILED, "cancel": JobState.CANCELLED}[policy]


@pytest.mark.parametrize("policy", AfterFailure)
def test_who_depends_on_nothing_goes_at_once(policy):
    assert judged([], policy) is JobState.QUEUED
