"""What the sentences of the features do: one file per concept of the trade."""
