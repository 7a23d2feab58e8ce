"""A folder with one file of each noun, each wrapping, each fault that the judge knows, and each kind of harm; and what is wrong with each.

`python -m tests.conformance.gallery FOLDER` writes it, a folder for each dialect, and its index beside it.
"""
