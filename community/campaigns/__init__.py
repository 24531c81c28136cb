"""The front door: campaigns, tracked links, clicks, and who came through them. Deaf to the forum."""
