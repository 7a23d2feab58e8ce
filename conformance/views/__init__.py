"""What rules look at: each view is extracted once per message, so that no rule walks the tree."""
