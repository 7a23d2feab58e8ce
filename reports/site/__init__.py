"""The report as one page: everything a person needs to see why, in one file that asks no network."""
