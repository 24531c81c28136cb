"""The shop window: the brand's pages, composed of blocks that show what happens in the rooms."""
