"""What a person takes along, of every domain: one line a domain."""

import reelwright.billing.exports as billing
import reelwright.generation.exports as generation
import reelwright.identity.exports as identity
import reelwright.jobs.exports as jobs
import reelwright.library.exports as library
import reelwright.projects.exports as projects
import reelwright.studio.exports as studio

EXPORTS = (
    *identity.EXPORTS,
    *projects.EXPORTS,
    *library.EXPORTS,
    *jobs.EXPORTS,
    *generation.EXPORTS,
    *studio.EXPORTS,
    *billing.EXPORTS,
)
