"""A report as one HTML page that needs nothing else: readable without styles, colours or scripts."""

from __future__ import annotations

from html import escape

from rdflib import URIRef
from rdflib.term import Node

from loader.namespaces import BASE
from loader.validate.results import Result, Severity, ValidationReport
from loader.validate.words import WORDS

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid; padding: .4rem .6rem; text-align: left; }
th, td { overflow-wrap: anywhere; vertical-align: top; }
th[scope=col] { white-space: nowrap; }
.scroll { overflow-x: auto; }
"""


def page(report: ValidationReport, language: str) -> str:
    """Return the report as an HTML document in that language."""
    words = WORDS[language]
    verdict = words["conforms" if report.conforms else "fails"]
    sections = "".join(_section(report, severity, language) for severity in Severity)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(words['title'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(words['title'])}</h1>\n<p><strong>{escape(verdict)}</strong></p>\n"
        f"{sections or _paragraph(words['nothing'])}</main>\n</body>\n</html>\n"
    )


def _section(report: ValidationReport, severity: Severity, language: str) -> str:
    results = [result for result in report.results if result.severity is severity]
    if not results:
        return ""
    words = WORDS[language]
    key = severity.value.lower()
    heads = "".join(f'<th scope="col">{escape(words[name])}</th>' for name in ("focus", "rule", "what", "value"))
    rows = "".join(_row(result, language) for result in results)
    return (
        f'<section aria-labelledby="{key}">\n<h2 id="{key}">{escape(words[severity])}: {len(results)}</h2>\n'
        f'<div class="scroll" role="region" aria-labelledby="{key}" tabindex="0">\n<table>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n</section>\n"
    )


def _row(result: Result, language: str) -> str:
    where = _node(result.focus) + (f"<br><code>{escape(result.path.text)}</code>" if result.path else "")
    value = "" if result.value is None else _node(result.value)
    rule, what = escape(result.name(language)), escape(result.message(language)) + _details(result, language)
    return f'<tr><th scope="row">{where}</th><td>{rule}</td><td>{what}</td><td>{value}</td></tr>\n'


def _details(result: Result, language: str) -> str:
    """Return the list of what is wrong with a value that breaks another shape; nothing where it breaks none."""
    items = "".join(f"<li>{_detail(detail, language)}</li>" for detail in result.details)
    return f"<ul>{items}</ul>" if items else ""


def _detail(result: Result, language: str) -> str:
    path = f" <code>{escape(result.path.text)}</code>" if result.path else ""
    value = "" if result.value is None else f" ({_node(result.value)})"
    what = escape(result.message(language))
    return f"{_node(result.focus)}{path}: {what}{value}{_details(result, language)}"


def _node(node: Node) -> str:
    """Return a link for a web address, else the term: a link of another kind could hide a script."""
    if isinstance(node, URIRef) and str(node).startswith(("http://", "https://")):
        return f'<a href="{escape(node)}">{escape(node.removeprefix(BASE))}</a>'
    return escape(node.n3())


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>\n"
