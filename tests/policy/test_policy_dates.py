"""Sunset dates in all spellings that contracts use."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.policy import sunset_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", date(2026, 1, 31)),
        (" 2026-01-31 ", date(2026, 1, 31)),
        ("2026-01-31T00:00:00Z", date(2026, 1, 31)),
        ("2026-01-31t00:00:00z", date(2026, 1, 31)),
        ("2026-01-31 00:00:00Z", date(2026, 1, 31)),
        ("2026-01-31T00:00:01Z", date(2026, 2, 1)),
        ("2026-01-31T00:00:00.000Z", date(2026, 1, 31)),
        ("2026-01-31T00:00:00.001Z", date(2026, 2, 1)),
        ("2026-01-31T23:59:60Z", date(2026, 2, 1)),
        ("2026-01-31T23:30:00-01:00", date(2026, 2, 2)),
        ("2026-01-31T23:00:00-01:00", date(2026, 2, 1)),
        ("2026-01-31T02:00:00+02:00", date(2026, 1, 31)),
        ("Sat, 31 Jan 2026 00:00:00 GMT", date(2026, 1, 31)),
        ("Sat, 31 Jan 2026 23:59:59 GMT", date(2026, 2, 1)),
        ("Sat Jan 31 00:00:00 2026", date(2026, 1, 31)),
        ("Sun Feb  1 00:00:00 2026", date(2026, 2, 1)),
    ],
)
def test_dates_are_read(text: str, day: date) -> None:
    assert sunset_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026",
        "2026-1-31",
        "2026-02-30",
        "2026-13-01",
        "31.01.2026",
        "01/31/2026",
        "2026-01-31T25:00:00Z",
        "2026-01-31T00:00:00",
        "2026-01-31T00:00:00+25:00",
        "Sat, 31 Foo 2026 00:00:00 GMT",
        "Sat, 31 Jan 2026 00:00:00 CET",
        "Saturday, 31-Jan-26 00:00:00 GMT",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+01:00",
        "\uff12\uff10\uff12\uff16-01-31",
        "2026-01-31" + " x" * 100,
        "1" * 100_000,
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert sunset_date(text) is None


@given(
    st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2200, 1, 1)),  # noqa: DTZ001  # the zone is drawn
    st.integers(-23 * 60, 23 * 60),
)
def test_the_sunset_has_never_come_before_its_moment_and_always_a_day_later(moment: datetime, minutes: int) -> None:
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    day = sunset_date(aware.isoformat())
    assert day is not None
    first = datetime(day.year, day.month, day.day, tzinfo=timezone.utc)  # noqa: UP017  # beside timedelta above
    assert aware <= first < aware + timedelta(days=1)


@given(st.text(max_size=70))
def test_no_text_makes_it_fail(text: str) -> None:
    day = sunset_date(text)
    assert day is None or isinstance(day, date)
