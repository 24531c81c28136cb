"""What the desk shows of the results, a module for each thing one can do there."""
