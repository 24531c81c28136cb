"""The living room: boards, threads, posts, and acts held for people who are about to join. Deaf to campaigns."""
