"""Formats by name. A new format is a module here with `render(report, options) -> str`, and its line in `_BUILT_IN`.

Installed packages add formats as entry points of the group `contractguard.reporters`: the name is the format, the object a
function of the same signature. They cannot replace a built-in format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from contractguard.errors import UsageError
from contractguard.model.report import Report
from contractguard.reporting.options import RenderOptions

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Renderer = Callable[[Report, RenderOptions], str]

ENTRY_POINTS = "contractguard.reporters"
_BUILT_IN: Mapping[str, str] = {
    "text": "contractguard.reporting.text",
    "json": "contractguard.reporting.report_json",
    "markdown": "contractguard.reporting.markdown",
}


def formats() -> tuple[str, ...]:
    """The names that `render` takes: the built-in formats, then those of installed packages, sorted."""
    return (*_BUILT_IN, *sorted(_installed().keys() - _BUILT_IN.keys()))


def render(report: Report, format: str, options: RenderOptions | None = None) -> str:  # noqa: A002 - the word users know
    """The report in a format, ending with a newline. Raises `UsageError` where there is no such format."""
    return renderer(format)(report, options or RenderOptions())


def renderer(name: str) -> Renderer:
    """The function of a format. Raises `UsageError` for an unknown name or a plug-in that cannot be loaded."""
    from importlib import import_module  # noqa: PLC0415 - beside its only use

    if name in _BUILT_IN:
        built_in: Renderer = import_module(_BUILT_IN[name]).render
        return built_in
    entry = _installed().get(name)
    if entry is None:
        raise UsageError(f"there is no report format {name!r}", remedy=f"use one of {', '.join(formats())}")
    try:
        plugin = entry.load()
    except Exception as error:
        remedy = "repair or uninstall the package that provides it"
        raise UsageError(
            f"the report format {name!r} ({entry.value}) cannot be loaded: {error}", remedy=remedy
        ) from error
    if not callable(plugin):
        remedy = "it must name a function of a report and RenderOptions that returns the text"
        raise UsageError(f"the report format {name!r} ({entry.value}) is not a function", remedy=remedy)
    loaded: Renderer = plugin
    return loaded


def _installed() -> Mapping[str, EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow to import, and needed by plug-ins only

    return {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}
