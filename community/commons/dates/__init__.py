"""How days and hours are written: for readers in Taiwan in both languages, so never a month before its day, nor a.m."""
