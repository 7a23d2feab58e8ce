"""Where messages to be judged come from: files, folders, archives and recordings of traffic, each cut into single messages."""
