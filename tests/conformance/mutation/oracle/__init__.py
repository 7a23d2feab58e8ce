"""What each mutation breaks, family by family; written from what the standard means, without a look at what the rules compute."""
