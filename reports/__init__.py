"""Results in, pages and files out: every form is built from the record of a run, and from nothing else."""
