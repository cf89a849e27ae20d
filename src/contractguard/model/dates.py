"""Sunset dates as contracts write them: calendar dates, RFC 3339 timestamps, HTTP dates."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_LONGEST = 64

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TIMESTAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = "|".join(_MONTHS)
_IMF_FIXDATE = re.compile(rf"[A-Z][a-z]{{2}}, (\d{{2}}) ({_MONTH}) (\d{{4}}) (\d{{2}}):(\d{{2}}):(\d{{2}}) GMT")
_ASCTIME = re.compile(rf"[A-Z][a-z]{{2}} ({_MONTH}) ([ \d]\d) (\d{{2}}):(\d{{2}}):(\d{{2}}) (\d{{4}})")

_LEAP_SECOND = 60


def sunset_date(text: str) -> date | None:
    """The first whole day, in UTC, on which the sunset has come; None where `text` is no date.

    Read are `YYYY-MM-DD`, the `date-time` of RFC 3339 (section 5.6), and HTTP dates as the Sunset header has them (RFC 8594,
    with RFC 9110, section 5.6.7; of its obsolete forms asctime, but not the two-digit years of RFC 850). A moment within a
    day counts from the next day on, so that nobody loses hours of an announced notice.
    """
    text = text.strip()
    if len(text) > _LONGEST or not text.isascii():
        return None
    try:
        return _calendar_date(text) or _first_day(_timestamp(text) or _http_date(text))
    except (ValueError, OverflowError):
        return None


def _calendar_date(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    return date(*map(int, match.groups())) if match else None


def _timestamp(text: str) -> datetime | None:
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match[number]) for number in range(1, 7))
    offset = timedelta(0)
    if match[8]:
        offset = timedelta(hours=int(match[9]), minutes=int(match[10])) * (-1 if match[8] == "-" else 1)
    # Of a fraction it only matters that there is one.
    fraction = 1 if match[7] and match[7].strip(".0") else 0
    moment = _moment(year, month, day, (hour, minute, second), timezone(offset)) + timedelta(microseconds=fraction)
    return moment.astimezone(UTC)


def _http_date(text: str) -> datetime | None:
    if match := _IMF_FIXDATE.fullmatch(text):
        day, month, year, *clock = match.groups()
    elif match := _ASCTIME.fullmatch(text):
        month, day, *clock, year = match.groups()
    else:
        return None
    hour, minute, second = map(int, clock)
    return _moment(int(year), _MONTHS.index(month) + 1, int(day), (hour, minute, second), UTC)


def _moment(year: int, month: int, day: int, clock: tuple[int, int, int], zone: timezone) -> datetime:
    """A moment; the leap second that RFC 3339 allows is the second after it."""
    hour, minute, second = clock
    leap = second == _LEAP_SECOND
    moment = datetime(year, month, day, hour, minute, second - leap, tzinfo=zone)
    return moment + timedelta(seconds=leap)


def _first_day(moment: datetime | None) -> date | None:
    if moment is None:
        return None
    midnight = moment.hour == moment.minute == moment.second == moment.microsecond == 0
    return moment.date() if midnight else moment.date() + timedelta(days=1)
