"""Chinese: 2026年9月4日, and 2026/9/4 where there is little room."""

MONTH_DAY_FORMAT = "n月j日"
SHORT_DATE_FORMAT = "Y/n/j"
SHORT_DATETIME_FORMAT = "Y/n/j H:i"
