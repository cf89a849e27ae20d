"""Files made to hurt. Each must be refused, or read, in time that grows with its size and no faster."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time

import pytest
from document_makers import read, refusal, value_of

from contractguard.documents import Limits
from contractguard.documents.sniffing import sniff
from contractguard.errors import ContractguardError, LimitError

N = 60_000
ENOUGH_SECONDS = 5  # what a few milliseconds may become on a machine under load; each of these once took minutes

_LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30)
)
_MERGES = "a0: &a0 {" + ",".join(f"k{i}: 1" for i in range(50)) + "}\n"
_MERGES += "".join(f"a{i}: &a{i}\n  <<: [{','.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9))


@pytest.mark.parametrize("text", [_LAUGHS, _MERGES], ids=["aliases", "merges"])
def test_bombs_of_aliases_are_counted(text: str) -> None:
    error = refusal(text, "x.yaml")
    assert isinstance(error, LimitError)
    assert "repeat more than 1000000 values" in error.message
    assert error.line
    assert error.remedy


def test_aliases_count_as_if_written_out() -> None:
    text = "a: &a [1, 2]\nb: [*a, *a, *a]\n"  # an alias of the array of two repeats three values
    assert read(text, "x.yaml", Limits(max_repeated=9)).value == {"a": [1, 2], "b": [[1, 2]] * 3}
    assert isinstance(refusal(text, "x.yaml", Limits(max_repeated=8)), LimitError)


def test_values_are_counted_in_yaml() -> None:
    assert read("a: [1, 2]", "x.yaml", Limits(max_nodes=5)).value == {"a": [1, 2]}
    assert isinstance(refusal("a: [1, 2]", "x.yaml", Limits(max_nodes=4)), LimitError)
    assert isinstance(refusal("a:\n\n\n\n", "x.yaml", Limits(max_nodes=3)), LimitError)


@pytest.mark.parametrize("opening", ["- ", "[", "{a: ", "[ # ]\n", "!t ["])
def test_deep_yaml(opening: str) -> None:
    error = refusal(opening * 30_000, "x.yaml")
    assert isinstance(error, LimitError)
    assert "256 levels" in error.message


def test_depth_counts_aliases_and_tags() -> None:
    def nested(depth: int) -> str:
        return "[" * depth + "]" * depth

    assert value_of(f"- &a {nested(100)}\n- {'[' * 155}*a{']' * 155}\n")
    assert isinstance(refusal(f"- &a {nested(100)}\n- {'[' * 156}*a{']' * 156}\n", "x.yaml"), LimitError)
    assert value_of(f"{'[' * 254}!t []{']' * 254}")
    assert isinstance(refusal(f"{'[' * 255}!t []{']' * 255}", "x.yaml"), LimitError)
    assert value_of(f"{'[' * 255}!t a{']' * 255}")
    assert isinstance(refusal(f"{'[' * 256}!t a{']' * 256}", "x.yaml"), LimitError)
    chain = "a0: &a0 {k: 1}\n" + "".join(f"a{i}: &a{i} {{<<: *a{i - 1}}}\n" for i in range(1, 300))
    assert isinstance(refusal(chain, "x.yaml"), LimitError)


@pytest.mark.parametrize(
    "number", ["9" * 4301, "-" + "9" * 600_000, "0x" + "f" * 3600, "0x" + "f" * 600_000, "0o" + "7" * 4800]
)
def test_long_integers_are_refused_before_they_are_converted(number: str) -> None:
    error = refusal(f"a: {number}", "x.yaml")
    assert isinstance(error, LimitError)
    assert (error.line, error.column) == (1, 4)


@pytest.mark.parametrize("number", ["9" * 4300, "-" + "9" * 4300, "0x" + "f" * 3500])
def test_the_longest_integers_can_be_written_again(number: str) -> None:
    value = value_of(f"a: {number}")
    assert isinstance(value, dict)
    assert len(str(value["a"])) >= 4200


def test_base_60_integers_are_text() -> None:
    text = "1" + ":30" * 200_000
    assert value_of(f"a: {text}") == {"a": text}


SLOW = {
    "flow openings": "{a: " * N,
    "block openings": "- " * N,
    "explicit keys": "? " * N,
    "escaped quotes": '["' + '\\"' * N,
    "quotes": '"' * N,
    "keys that do not end": '{"' * N,
    "deep and unfinished": "[" * 201 + '"\\"' * N,
    "closing": "]" * N,
    "exponents": "[" + "0e0001" * N + "]",
    "digits": "[" + "1" * 4 * N,
    "documents": "---\n" * N,
    "flow keys": "[" + "[]:," * N + "]",
    "anchors": "".join(f"- &a{i} 1\n" for i in range(N // 10)),
    "surrogates": "[" + '"\\ud800' * N + '"]',
    "doubled keys": "{" + ",".join(['"a":1'] * N) + "}",
    "references": "$ref:a" * N,
    "references and spaces": "$ref: a " * N,
    "references and quotes": '$ref:"a' * N,
    "references and blank lines": "$ref: a\n\n" * N,
    "ampersands": "&" * N,
    "spaces": "$ref:" + " " * N,
    "question marks": '?"' * N,
    "versions": "openapi:" * N,
    "blank lines": "\n" * N + "{",
}


def test_a_text_that_holds_every_character_for_private_use() -> None:
    """None is left to stand in for a line separator, which libyaml then takes for a line break."""
    text = "".join(map(chr, range(0xE000, 0xF900)))
    assert value_of(f"a: 'x\u2028y{text}'") == {"a": f"x\u2028y{text}"}


@pytest.mark.parametrize("path", ["x.json", "x.yaml", "x"])
@pytest.mark.parametrize("name", SLOW)
def test_no_text_takes_long(name: str, path: str) -> None:
    before = time.process_time()
    with contextlib.suppress(ContractguardError):
        read(SLOW[name], path)
    sniff(SLOW[name].encode())
    assert time.process_time() - before < ENOUGH_SECONDS


def test_no_text_takes_the_process_down() -> None:
    """In a process of its own, with the stack of an ordinary thread: a signal would end the tests."""
    program = """
import sys
from contractguard.documents import read_document
from contractguard.errors import ContractguardError
for opening in ("[", "{\\"a\\":", "{a: ", "- ", "? ", "!t [", "&a [", "[ # ]\\n"):
    for path in ("x.json", "x.yaml"):
        try:
            read_document((opening * 200_000).encode(), path, "b")
        except ContractguardError:
            continue
        sys.exit(f"{opening} was read")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
