"""Days and hours, as readers in Taiwan write them."""

from datetime import UTC, datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [("en", "4 Sep 2026, 20:05", "4 September 2026"), ("zh-hant", "2026/9/4 20:05", "2026年9月4日")],
)
def test_a_day_never_reads_as_another_one(language, short, long):
    moment = datetime(2026, 9, 4, 20, 5, tzinfo=UTC)
    with translation.override(language):
        assert formats.date_format(moment, "SHORT_DATETIME_FORMAT") == short
        assert formats.date_format(moment) == long
