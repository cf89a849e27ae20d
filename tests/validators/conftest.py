"""The answer of the validator, as the tests ask for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from payload_checks import check_payload

from contractguard.model.payload import Checked


@pytest.fixture
def check() -> Callable[..., Checked]:
    return check_payload
