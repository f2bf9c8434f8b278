"""Which database an element of a setup describes: SQLAlchemy takes half of the start, so only models with one import this."""

from __future__ import annotations

from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from datamimic_models.xml.databases import Database
from datamimic_models.xml.naming import property_lines
from datamimic_models.xml.nodes import Node
from datamimic_models.xml.setting import Setting, failed

_DRIVERS: Final = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
}


def database_of(node: Node, setting: Setting) -> Database:
    """The database that an element describes; what it leaves out stands in `conf/<environment>.env.properties`.

    Raises `DatamimicError` (`models.bad_database`).
    """
    if node.name == "mongodb":
        raise failed("models.no_mongodb", "MongoDB is no place that records go to", node.place, "a database, or files")
    settings = _settings(node, setting)
    try:
        url = with_driver(make_url(settings["url"])) if settings.get("url") else _url(settings, node, setting)
    except ArgumentError as error:
        raise failed("models.bad_database", f"the URL cannot be read: {error}", node.at("url")) from None
    return Database(node.get("id"), url, settings.get("schema") or None)


def with_driver(url: URL) -> URL:
    """With the driver that is used here, where the URL names none."""
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _settings(node: Node, setting: Setting) -> dict[str, str]:
    said = {name: written.text for name, written in node.attributes.items()}
    system = node.get("system") or node.get("id")
    environment = node.get("environment") or "environment"
    path = setting.folder.root / "conf" / f"{environment}.env.properties"
    if path.is_file():
        found = property_lines(setting.folder.find(f"conf/{environment}.env.properties", node.place), node.place)
        for name, text in found.items():
            before, _, last = name.rpartition(".")
            if before in (system, f"{system}.db"):
                said.setdefault(last, text)
    return said


def _url(settings: dict[str, str], node: Node, setting: Setting) -> URL:
    dbms = settings.get("dbms", "").lower()
    if dbms not in _DRIVERS:
        hint = f"one of {', '.join(_DRIVERS)}; or url="
        raise failed(
            "models.bad_database", f"the database {node.get('id')} has the dbms {dbms!r}", node.at("dbms"), hint
        )
    if dbms == "sqlite":
        name = settings.get("database") or f"{node.get('id')}.sqlite"
        path = (setting.folder.root / name).resolve()
        if not setting.folder.trusted and not path.is_relative_to(setting.folder.root.resolve()):
            raise failed(
                "models.outside", f"{name} leads out of the folder of the model", node.at("database"), "--trust"
            )
        return URL.create("sqlite", database=str(path))
    port = settings.get("port")
    return URL.create(
        _DRIVERS[dbms],
        settings.get("user"),
        settings.get("password"),
        settings.get("host", "localhost"),
        int(port) if port else None,
        settings.get("database"),
    )
