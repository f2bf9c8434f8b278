"""The report as one HTML page that needs nothing else: no script, no request, light and dark, and fit to print."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import Any

from datamimic.conformance.charts import bars, histogram, paired

OPEN_GROUPS = 6
"""Groups of a claim that are shown at once; more are folded away."""


POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">"
)
"""A report shows what it holds, and neither runs nor loads anything."""


def render(report: dict[str, Any]) -> str:
    """The page of a report that `assess` made."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    request, origin, verdict = report["request"], report["origin"], report["verdict"]
    world = origin["world"]
    rows = request["stop"] - request["start"]
    title = f"Conformance of {report['title']}, {world['locale']}"
    sections = [
        ("figures", "Published figures", _claims(report)),
        ("invariants", "Invariants", _invariants(report)),
        ("identifiers", "Identifiers", _identifiers(report)),
        ("fields", "Every field", _fields(report)),
        ("sources", "Tables and sources", _tables(report)),
        ("method", "Method and reproduction", _method(report)),
    ]
    facts = {
        "Rows": f"{rows:,}",
        "Seed": world["seed"],
        "Locale": world["locale"],
        "Clock": world["clock"],
        "Engine": f"datamimic-core {origin['versions']['engine']}",
        "Entity version": request["entity_version"],
    }
    links = "".join(f'<a href="#{key}">{name}</a>' for key, name, body in sections if body)
    return "".join(
        [
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">{POLICY}<title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{style}</style></head><body><header><p class='kind'>Conformance report</p>",
            f"<h1>{escape(report['title'])}</h1><p class='doc'>{escape(report['doc'])}</p><dl class='facts'>",
            *(f"<div><dt>{name}</dt><dd>{escape(str(value))}</dd></div>" for name, value in facts.items()),
            f"</dl>{_cards(report, verdict)}<nav>{links}</nav></header><main>",
            *(f'<section id="{key}"><h2>{name}</h2>{body}</section>' for key, name, body in sections if body),
            "</main></body></html>\n",
        ]
    )


def _cards(report: dict[str, Any], verdict: dict[str, Any]) -> str:
    checked = sum(check["rows"] for check in report["invariants"])
    cards = [
        (
            "Overall",
            "conforms" if verdict["holds"] else "deviates",
            "everything that was judged holds" if verdict["holds"] else "see what is marked below",
            verdict["holds"],
        ),
        (
            "Published figures",
            f"{verdict['claims_held']} of {verdict['claims']}",
            "within tolerance" if verdict["claims"] else "nothing is claimed here",
            verdict["claims_held"] == verdict["claims"],
        ),
        (
            "Invariants",
            f"{verdict['violations']:,} violations",
            f"{verdict['invariants']} rules, {checked:,} evaluations",
            not verdict["violations"],
        ),
        (
            "Identifiers",
            f"{verdict['identifiers_held']} of {verdict['identifiers']}",
            "as an independent library should judge" if verdict["identifiers"] else "none is judged here",
            verdict["identifiers_held"] == verdict["identifiers"],
        ),
    ]
    return "<div class='cards'>{}</div>".format(
        "".join(
            f"<div class='card {'good' if good else 'bad'}'><p>{name}</p><strong>{value}</strong><small>{rest}</small></div>"
            for name, value, rest, good in cards
        )
    )


def _badge(holds: bool | None, yes: str = "holds", no: str = "deviates", unknown: str = "not judged") -> str:
    state = {True: ("good", yes), False: ("bad", no), None: ("open", unknown)}[holds]
    return f"<span class='badge {state[0]}'>{state[1]}</span>"


def _claims(report: dict[str, Any]) -> str:
    if not report["claims"]:
        return ""
    lead = (
        "<p class='lead'>What the pack claims, against what was made. <b class='key measured'></b> made, "
        "<b class='key published'></b> published. The figures beside a bar are made / published.</p>"
    )
    return f"{lead}<div class='claims'>{''.join(_claim(claim) for claim in report['claims'])}</div>"


def _claim(claim: dict[str, Any]) -> str:
    groups, percent = claim["groups"], claim["kind"] != "mean"
    if claim["kind"] == "distribution":
        charts = [_group(group, many=len(groups) > 1) for group in groups]
        shown = "".join(charts[:OPEN_GROUPS])
        if len(charts) > OPEN_GROUPS:
            more = len(charts) - OPEN_GROUPS
            shown += f"<details><summary>{more} more groups</summary>{''.join(charts[OPEN_GROUPS:])}</details>"
    else:
        shown = paired([figure for group in groups for figure in group["figures"]], percent=percent, left=170)
        off = [group["label"] for group in groups if group["holds"] is False]
        shown += f"<p class='off'>off: {escape(', '.join(off))}</p>" if off else ""
    source = escape(claim["source"])
    source = linked(source, claim["url"])
    measures = ""
    if claim["distance"] is not None:
        name = {"distribution": "distance", "share": "difference", "mean": "relative difference"}[claim["kind"]]
        nearest = "nearest its limit: " if len(groups) > 1 else ""
        distance, allowed = (f"<b>{claim[key]:.4f}</b>" for key in ("distance", "allowed"))
        measures = f"<span>{nearest}{name} {distance}</span><span>allowed {allowed}</span>"
    unit = f" <small>[{escape(claim['unit'])}]</small>" if claim["unit"] else ""
    note = f"<p class='note'>{escape(claim['note'])}</p>" if claim["note"] else ""
    wide = " wide" if claim["kind"] == "distribution" and len(groups) > 1 else ""
    return (
        f"<article class='claim{wide}'><header><h3>{escape(claim['title'])}{unit}</h3>{_badge(claim['holds'])}</header>"
        f"<p class='source'><code>{escape(claim['field'])}</code> <span class='grade'>grade {claim['grade']}</span> "
        f"{source}</p>"
        f"<div class='charts'>{shown}</div>{note}<footer>{measures}<span>rows <b>{_rows(groups)}</b></span></footer></article>"
    )


def _rows(groups: list[dict[str, Any]]) -> str:
    counts = [group["rows"] for group in groups]
    return f"{counts[0]:,}" if len(set(counts)) == 1 else f"{min(counts):,} to {max(counts):,}"


def _group(group: dict[str, Any], *, many: bool) -> str:
    if not many:
        return paired(group["figures"])
    told = "too few rows" if group["distance"] is None else f"{group['distance']:.4f} of {group['allowed']:.4f} allowed"
    head = f"<figcaption>{escape(group['label'])} <small>{group['rows']:,} rows, {told}</small></figcaption>"
    return f"<figure>{head}{paired(group['figures'])}</figure>"


def _invariants(report: dict[str, Any]) -> str:
    lines = []
    for check in report["invariants"]:
        holds = None if check["skipped"] else not check["violations"]
        where = f" <small>rows {escape(', '.join(map(str, check['samples'])))}</small>" if check["samples"] else ""
        lines.append(
            f"<tr><td>{_badge(holds, 'holds', 'broken')}</td><td>{escape(check['sentence'])}{where}</td>"
            f"<td><code>{escape(check['check'])}</code></td><td class='number'>{check['violations']:,}</td>"
            f"<td class='number'>{check['rows']:,}</td></tr>"
        )
    if not lines:
        return ""
    head = "<tr><th></th><th>What must be true in every row</th><th>Check</th><th class='number'>Violations</th>"
    return f"<div class='scroll'><table>{head}<th class='number'>Rows</th></tr>{''.join(lines)}</table></div>"


def _identifiers(report: dict[str, Any]) -> str:
    lines = []
    for each in report["identifiers"]:
        if each.get("skipped"):
            counts = f"<td colspan='3'>{escape(each['skipped'])}</td>"
        else:
            shown = f" <small>{escape(', '.join(each['examples']))}</small>" if each["examples"] else ""
            counts = (
                f"<td class='number'>{each['rows']:,}</td><td class='number'>{each['accepted']:,}</td>"
                f"<td class='number'>{each['refused']:,}{shown}</td>"
            )
        expected = "must accept all" if each["expected"] == "valid" else "must refuse all"
        note = f"<br><small>{escape(each['note'])}</small>" if each["note"] else ""
        name = f"{each['validator']} {each.get('version', '')}".strip()
        lines.append(
            f"<tr><td>{_badge(each['holds'])}</td><td><code>{escape(each['field'])}</code></td><td>{escape(name)}</td>"
            f"<td>{expected}{note}</td>{counts}</tr>"
        )
    if not lines:
        return ""
    head = "<tr><th></th><th>Field</th><th>Independent validator</th><th>Expected</th><th class='number'>Values</th>"
    head += "<th class='number'>Accepted</th><th class='number'>Refused</th></tr>"
    return f"<div class='scroll'><table>{head}{''.join(lines)}</table></div>"


def _fields(report: dict[str, Any]) -> str:
    return f"<div class='fields'>{''.join(_field(each) for each in report['fields'])}</div>"


def _field(each: dict[str, Any]) -> str:
    if each["shape"] in ("numbers", "years"):
        chart = histogram(each["bars"])
    elif each["bars"]:
        chart = bars(each["bars"])
    else:
        chart = f"<p class='quiet'>{'values hardly repeat' if each['shape'] == 'unique' else 'no value'}</p>"
    facts = [
        f"{name} {value:,.4g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in each["facts"].items()
    ]
    if each["nulls"]:
        facts.append(f"empty in {100 * each['nulls']:.1f} %")
    facts.append(f"{each['distinct']:,} different")
    unit = f" <small>[{escape(each['unit'])}]</small>" if each["unit"] else ""
    marks = ("<span class='badge open'>key</span>" if each["key"] else "") + (
        "<span class='badge open'>figures above</span>" if each["claimed"] else ""
    )
    return (
        f"<article><header><h4><code>{escape(each['name'])}</code>{unit}</h4>{marks}</header>"
        f"<p class='doc'>{escape(each['doc'] or '')}</p>{chart}<p class='quiet'>{escape(' · '.join(facts))}</p></article>"
    )


def _tables(report: dict[str, Any]) -> str:
    lines = []
    for each in report["tables"]:
        source = escape(each["source"] or "not stated")
        source = linked(source, each["url"])
        lines.append(
            f"<tr><td><code>{escape(each['table'])}</code></td><td class='grade'>{each['grade'] or ''}</td><td>{source}"
            f"<br><small>{escape(each['method'] or '')}</small></td><td>{escape(each['licence'] or '')}</td>"
            f"<td>{escape(each['date'] or '')}</td><td><code>{(each['sha256'] or '')[:12]}</code></td></tr>"
        )
    if not lines:
        return ""
    head = (
        "<tr><th>Table</th><th>Grade</th><th>Source and method</th><th>Licence</th><th>Date</th><th>SHA-256</th></tr>"
    )
    return f"<div class='scroll'><table class='sources'>{head}{''.join(lines)}</table></div>"


def _method(report: dict[str, Any]) -> str:
    grades = "".join(
        f"<tr><td class='grade'>{grade}</td><td>{escape(told['meaning'])}</td>"
        f"<td class='number'>{told['tolerance']:.2f}</td></tr>"
        for grade, told in report["tolerances"].items()
    )
    packs = ", ".join(
        f"{name} {told['version']} (data {told['data_version']})"
        for name, told in report["origin"]["versions"]["packs"].items()
    )
    fallbacks = report["origin"]["fallbacks"]
    missing = (
        f"<p>Stood in for by tables of the United States: {escape(', '.join(fallbacks))}.</p>" if fallbacks else ""
    )
    return (
        "<p>The distance of a distribution is the total variation distance: the share of rows that would have to change to "
        "match the published figures exactly. Allowed is the tolerance of the figure's grade, plus what chance alone does to a "
        f"sample of this size in all but one of {1 / report['alpha']:,.0f} cases.</p>"
        f"<table class='grades'><tr><th>Grade</th><th>Meaning</th><th class='number'>Tolerance</th></tr>{grades}</table>"
        "<p>Every value is a function of seed, entity, field and row. The same command gives this page again, byte for "
        "byte:</p>"
        f"<pre>{escape(report['command'])}</pre>{missing}<p class='quiet'>Packs: {escape(packs)}</p>"
    )


def linked(content: str, url: str | None) -> str:
    """The content as a link; without one where the URL is of no page (`javascript:` runs in whoever clicks on it)."""
    return f'<a href="{escape(url)}">{content}</a>' if url and url.startswith(("https://", "http://")) else content
