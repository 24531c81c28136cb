"""What threads can be beside plain discussions: questions with an answer, polls, announcements, gatherings."""
