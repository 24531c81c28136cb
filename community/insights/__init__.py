"""The upper window: reads every room below it and tells what came of it. Writes only its own tallies."""
