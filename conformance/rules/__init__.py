"""One file for each thing that is asked of messages; the names of the files are the list of demands."""
