"""What a job was asked, as its row keeps it: the configuration's text, the kind's options, uploads, the folder in place."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import asdict, field, frozen

from datamimic import DatamimicError
from datamimic.related import holds_password
from datamimic_platform.security.documents import document_of

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,99}\.(yaml|yml|json|sql|xml)")
NOT_OF_BYTES = ("batch_size", "relationships")
"""Options that change no byte of what a job makes, and are no part of its fingerprint."""


@frozen(kw_only=True)
class Request:
    """`files` are uploads by the name under which they lie beside the configuration. Of jobs in place (`local`): `folder` is
    where they write, `config_path` where the configuration lies, `trusted` whether code that it names may run. Nothing that
    a server is sent sets these four."""

    kind: str
    text: str | None = None
    file_name: str = "config.json"
    options: Mapping[str, Any] = field(factory=dict)
    files: Mapping[str, str] = field(factory=dict)
    folder: str | None = None
    config_path: str | None = None
    local: bool = False
    trusted: bool = False

    def __attrs_post_init__(self) -> None:
        if not _FILE_NAME.fullmatch(self.file_name):
            raise DatamimicError(
                "platform.bad_config",
                "the configuration has no plain file name",
                hint="letters, digits and . _ -, with .yaml, .yml, .json or .sql",
                path="$.config_name",
            )
        if any(holds_password(each) for each in _texts(self.options)):
            raise DatamimicError(
                "platform.password_in_url",
                "a job does not keep passwords",
                hint="keep the URL as a secret of the workspace, and write secret:<name>",
                path="$.options",
            )

    def kept(self) -> dict[str, Any]:
        return {**asdict(self), "options": dict(self.options), "files": dict(self.files)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Request:
        return cls(**kept)

    def fingerprint(self) -> str:
        """SHA-256 of what decides the bytes: the same for the same job by command line, REST and schedule, and for a
        configuration in YAML and in JSON."""
        options = {
            name: value
            for name, value in self.options.items()
            if name not in NOT_OF_BYTES and value not in (None, {}, [], ())
        }
        body = {"kind": self.kind, "config": _canonical(self.text), "files": dict(self.files), "options": options}
        return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _texts(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts(each)


def _canonical(text: str | None) -> Any:
    """The document that a text of YAML or JSON is, else the text."""
    import yaml

    try:
        made = None if text is None else document_of(text)
        json.dumps(made, default=str, sort_keys=True)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return text
    return made
