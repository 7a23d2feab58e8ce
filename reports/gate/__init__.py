"""Whether a run is good enough to go on: a policy, its rules, each with its figure, and the waivers that are in force."""
