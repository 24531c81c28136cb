"""The pages of the living room: lists, threads, single posts, and what is held for those about to join."""
