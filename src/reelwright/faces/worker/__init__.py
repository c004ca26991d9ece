"""The worker face: runs jobs and nothing else."""
