"""Create the checks of the registry, set up as [checks] of mtkit.toml says, and write their pages."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from mtkit import registry
from mtkit.checks.base import AnyCheck
from mtkit.errors import ConfigError, UnknownNameError
from mtkit.types import Finding, Severity

KINDS = ("checks", "document-checks")
_COMMON_KEYS = ("severity", "enabled")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveCheck:
    """A check to run; `severity` is what its gravest findings are reported as."""

    check: AnyCheck
    whole_document: bool
    severity: Severity

    @property
    def id(self) -> str:
        return self.check.id

    @property
    def signs(self) -> frozenset[str]:
        """Characters of which one has to be there for the check to speak; none where any text may do."""
        return frozenset(getattr(self.check, "signs", ""))

    def graded(self, finding: Finding) -> Finding:
        """The finding at the configured severity; one that the check itself takes lighter stays so."""
        if finding.severity is not self.check.severity or self.severity is finding.severity:
            return finding
        return replace(finding, severity=self.severity)


def known_checks() -> dict[str, str]:
    """Id -> registry kind of every check, sorted by id."""
    return dict(sorted((name, kind) for kind in KINDS for name in registry.names(kind)))


def active_checks(settings: Mapping[str, Any], only: Iterable[str] = ()) -> tuple[ActiveCheck, ...]:
    """Every check, or those named in `only`, with its table of [checks]; a disabled one is left out.

    Raises UnknownNameError for a check or a key there is not, ConfigError for a value of the wrong type.
    """
    known = known_checks()
    wanted = list(only)
    for name in (*settings, *wanted):
        if name not in known:
            raise UnknownNameError("check", name, known)
    made = (
        _create(name, kind, settings.get(name, {}), f"[checks.{name}]", enabled=name in wanted)
        for name, kind in known.items()
        if not wanted or name in wanted
    )
    return tuple(check for check in made if check is not None)


def page(name: str) -> str:
    """One check's page: what it looks for, known false alarms, severity, ITS 2.0 type, options."""
    known = known_checks()
    if name not in known:
        raise UnknownNameError("check", name, known)
    implementation = registry.load(known[name], name)
    scope = "document" if known[name] == "document-checks" else "segment"
    lines = [
        f"{name} ({implementation.severity})",
        "",
        inspect.getdoc(implementation) or "",
        "",
        f"Looks at: {scope}{', with its source' if implementation.needs_source else ''}",
        f"ITS 2.0 issue type: {implementation.its_type}",
    ]
    if options := _options_type(implementation):
        shown = ", ".join(f"{field.name} = {_toml(field.default)}" for field in fields(options))
        lines.append(f"Options ([checks.{name}] in mtkit.toml): {shown}")
    return "\n".join(lines)


def _create(name: str, kind: str, table: Any, where: str, *, enabled: bool) -> ActiveCheck | None:
    if not isinstance(table, Mapping):
        raise ConfigError(f"checks.{name} must be a table, not {table!r}.", f"Write {where}.")
    implementation = registry.load(kind, name)
    options_type = _options_type(implementation)
    own = {field.name: field for field in fields(options_type)} if options_type else {}
    for key in table:
        if key not in own and key not in _COMMON_KEYS:
            raise UnknownNameError(f"option in {where},", key, (*_COMMON_KEYS, *own))
    if not _typed(table.get("enabled", True), bool, f"{where} enabled") and not enabled:
        return None
    severity = _severity(table.get("severity", str(implementation.severity)), where)
    values = {
        key: _typed(table[key], type(field.default), f"{where} {key}")
        for key, field in own.items()
        if key in table
    }
    build = cast(Callable[..., AnyCheck], implementation)
    check = build(options_type(**values)) if options_type and values else build()
    return ActiveCheck(check=check, whole_document=kind == "document-checks", severity=severity)


def _options_type(implementation: Any) -> Any:
    return getattr(implementation, "options_type", None)


def _severity(value: Any, where: str) -> Severity:
    try:
        return Severity(value)
    except ValueError as error:
        raise ConfigError(
            f"{where} severity is {value!r}.", f"Known: {', '.join(each.value for each in Severity)}."
        ) from error


def _typed(value: Any, wanted: type, where: str) -> Any:
    if wanted is tuple and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        expected = "a list of strings" if wanted is tuple else f"of type {wanted.__name__}"
        raise ConfigError(f"{where} must be {expected}, not {value!r}.", "Mend the value.")
    return value


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(f'"{each}"' for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
