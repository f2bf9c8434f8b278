"""Where artefacts come from, as a graph: artefact, job, configuration version, tables that were given or learned, packs, the
sources of their data, seed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import field, frozen

from datamimic import DatamimicError, World
from datamimic_platform.security.rights import Actor
from datamimic_platform.services.lineage import lineage
from datamimic_platform.services.made import Made, made_by
from datamimic_platform.store.store import Store

KINDS = ("source", "pack", "given", "learned", "configuration", "seed", "schedule", "job", "artefact")
"""Of nodes, from where data begin to where they end."""
_ABOUT = (
    "manifest.json",
    "linkage.json",
    "linkage.txt",
    "schema.sql",
    "schema.json",
    "validation.json",
    "masking.json",
)


@frozen
class _Graph:
    nodes: dict[str, dict[str, Any]] = field(factory=dict)
    edges: list[tuple[str, str]] = field(factory=list)

    def add(self, kind: str, name: str, to: str | None = None, **told: Any) -> str:
        """The node's id; `to` is the node that it leads to."""
        identifier = f"{kind}:{name}"
        self.nodes.setdefault(identifier, {"id": identifier, "kind": kind, "name": name, **told})
        if to is not None and (identifier, to) not in self.edges:
            self.edges.append((identifier, to))
        return identifier


def provenance(store: Store, actor: Actor, job_id: str) -> dict[str, Any]:
    """`{job_id, nodes: [{id, kind, name, …}], edges: [[from, to]], sources: [{file, pack, source, licence, date, grade, sha256,
    same}]}`. Nodes are of `KINDS`; `same`: the installed table is the one that was read. Raises `DatamimicError`."""
    told, made = lineage(store, actor, job_id), made_by(store, actor, job_id)
    manifest = made.document("manifest.json")
    graph = _Graph()
    job = graph.add("job", job_id, status=made.job.status, job_type=made.job.kind)
    for name in made.artefacts:
        about = name in _ABOUT
        graph.nodes[f"artefact:{name}"] = {
            "id": f"artefact:{name}", "kind": "artefact", "name": name, "sha256": made.digests[name], "about": about,
        }  # fmt: skip
        graph.edges.append((job, f"artefact:{name}"))
    _said(graph, job, told, made)
    sources = _sources(manifest)
    seed = manifest.get("world", {}).get("seed", made.job.request["options"].get("seed"))
    if seed is not None:
        graph.add("seed", str(seed), job)
    for name, version in told["packs"].items():
        if name in manifest.get("world", {}).get("models", {}):
            continue  # the configuration itself, as it was compiled
        used = [each for each in sources if each["pack"] == name]
        if used:
            pack = graph.add("pack", name, job, version=version, tables=len(used))
            for each in used:
                graph.add("source", each["source"] or each["file"], pack, licence=each["licence"])
    order = {kind: number for number, kind in enumerate(KINDS)}
    nodes = sorted(graph.nodes.values(), key=lambda each: order[each["kind"]])
    return {"job_id": job_id, "nodes": nodes, "edges": [list(each) for each in graph.edges], "sources": sources}


def _said(graph: _Graph, job: str, told: dict[str, Any], made: Made) -> None:
    """What the job was asked with."""
    stored = told["configuration"]
    origin = job
    if stored is not None:
        name = f"{stored['name']}, version {stored['version']}"
        origin = graph.add("configuration", name, job, stored=stored["name"], version=stored["version"])
    elif made.job.request.get("text") is not None:
        origin = graph.add("configuration", str(made.job.request.get("file_name")), job)
    for each in told["uploads"]:
        learned = "/" in str(each.get("of", ""))
        graph.add("learned" if learned else "given", each["name"], origin, sha256=each["sha256"], of=each.get("of"))
    for name, kept in (made.document("manifest.json").get("world", {}).get("given") or {}).items():
        if not any(Path(str(kept.get("location"))).name == each["name"] for each in told["uploads"]):
            graph.add("given", name, origin)
    source = made.job.request["options"].get("source")
    if isinstance(source, str) and source.startswith("secret:"):
        graph.add("given", source, job)
    if told["schedule"]:
        graph.add("schedule", told["schedule"], job)
    if told["before"]:
        graph.add("job", told["before"], job)


def _sources(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """Of each table that was read, what its pack says of it."""
    shelf = World(seed=0).shelf
    found = []
    for path, digest in manifest.get("tables", {}).items():
        pack, _, file = path.partition("/")
        try:
            info = shelf(pack).catalog.get(file.removesuffix(".csv"))
        except DatamimicError:
            info = None  # a pack that is not installed any more, or the model's own table
        found.append(
            {
                "file": file,
                "pack": pack,
                "source": info.source if info else None,
                "url": info.url if info else None,
                "licence": info.licence if info else None,
                "date": info.date if info else None,
                "grade": info.grade if info else None,
                "sha256": digest,
                "same": info is not None and info.sha256 == digest,
            }
        )
    return found
