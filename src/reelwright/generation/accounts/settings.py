"""What can be set about accounts."""

from pydantic import BaseModel, ConfigDict, Field


class AccountSettings(BaseModel):
    """How many accounts a person may keep, and how long one rests that was refused.

    `most_per_user` holds where neither the person's plan nor an operator says otherwise. A rest begins with `cool_s` and
    doubles up to `longest_cool_s`; vendors that cannot be reached get one after `unavailable_after`
    failures in a row, of at most `longest_outage_s`. What is out of credits or has a bad key is
    tried again after `probe_s`, doubling up to `longest_probe_s`. `busy_s`: when a text that is
    asked for at once looks again while all accounts are at work; jobs stand in line. A single model
    is left alone, as an account is that cannot be reached, after as many failures in a row, or when
    `circuit_ratio` of its last `circuit_calls` or more failed; then one call tries it, for at most
    `trial_s`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    most_per_user: int = Field(20, ge=0)
    cool_s: float = Field(15, gt=0)
    longest_cool_s: float = Field(900, gt=0)
    unavailable_after: int = Field(3, ge=1)
    longest_outage_s: float = Field(300, gt=0)
    probe_s: float = Field(300, gt=0)
    longest_probe_s: float = Field(6 * 3600, gt=0)
    busy_s: float = Field(1, gt=0)
    circuit_calls: int = Field(10, ge=2, le=20)
    circuit_ratio: float = Field(0.5, gt=0, le=1)
    trial_s: float = Field(120, gt=0)
