"""What hosts do with threads and boards: pin, slow down, move, merge, split, open and close by the clock, tag."""
