"""Keeping house: the embedded servers, the supervisor, the first-run steps and the commands of the Makefile.

Nothing here imports Django or any room, so that it can speak before the site can.
"""
