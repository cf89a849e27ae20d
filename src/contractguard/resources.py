"""Where the data files of the project are: the rule catalogue beside `src/`, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from contractguard.errors import InternalError


def catalogue_root() -> Path:
    """The folder with the built-in rules (`<family>/<id>.yaml`) and `profiles/`.

    A wheel carries it as `contractguard/catalogue`; in a source tree it is `rules/` at the top.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "catalogue", package.parent.parent / "rules"):
        if (candidate / "profiles").is_dir():
            return candidate
    msg = "the rule catalogue is missing from this installation"
    raise InternalError(msg, remedy="reinstall contractguard")
