"""What a person takes along, of every domain: one line a domain."""

import reelwright.billing.exports as billing
import reelwright.identity.exports as identity
import reelwright.jobs.exports as jobs
import reelwright.library.exports as library
import reelwright.projects.exports as projects

EXPORTS = (
    *identity.EXPORTS,
    *projects.EXPORTS,
    *library.EXPORTS,
    *jobs.EXPORTS,
    *billing.EXPORTS,
)
