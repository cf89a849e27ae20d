"""URLs in normal form: what names the same resource, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractguard.diff.openapi.urls import normal_url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/x", "HTTPS://Example.COM/x"),
        ("https://example.com/x", "https://example.com:443/x"),
        ("https://example.com/x", "https://example.com:/x"),
        ("http://example.com", "http://example.com:80/"),
        ("https://[::1]:443/token", "https://[::1]/token"),
        ("https://example.com/a%2fb", "https://example.com/a%2Fb"),
        ("https://example.com/~user?q=%7e", "https://example.com/%7Euser?q=~"),
        ("https://example.com/a/./b/../c", "https://example.com/a/c"),
        ("https://example.com/a/..", "https://example.com/"),
        ("https://example.com/a/b/.", "https://example.com/a/b/"),
        ("https://example.com?q", "https://example.com/?q"),
        ("token/%7eme", "token/~me"),
    ],
)
def test_the_same_resource(one: str, other: str) -> None:
    assert normal_url(one) == normal_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/x", "https://example.com/X"),
        ("https://example.com/x", "http://example.com/x"),
        ("https://example.com/x", "https://example.com:80/x"),
        ("https://example.com/x", "https://example.com/x/"),
        ("https://example.com/x", "https://example.com/x?q"),
        ("https://example.com/x", "https://example.com/x#y"),
        ("https://example.com/a/b", "https://example.com/a%2Fb"),
        ("https://User@example.com/", "https://user@example.com/"),
        ("token", "/token"),
        ("../token", "token"),
    ],
)
def test_another_resource(one: str, other: str) -> None:
    assert normal_url(one) != normal_url(other)


@given(st.text(alphabet="hHtTpPsS:/?#%27eE.~a@[]", max_size=30))
def test_the_normal_form_is_its_own(text: str) -> None:
    assert normal_url(normal_url(text)) == normal_url(text)
