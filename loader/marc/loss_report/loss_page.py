"""The loss report as a page that stands alone: no script, no file beside it, one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from loader.marc.loss_report.loss_tally import GROUPS, GroupCount, Key, LossTally, SubfieldCount, field_name
from loader.marc.loss_report.loss_words import reason_phrase, words

_STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.75rem;line-height:1.2}h2{margin-top:2.5rem}h3{margin:2rem 0 .5rem}
a{color:#0b4f8a}a:focus-visible{outline:3px solid #0b4f8a;outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{position:static}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.share{min-width:9rem}
.bar{display:block;height:.6rem;margin-top:.35rem;background:#f0c9b8;border:1px solid #8a5a44}
.bar span{display:block;height:100%;background:#1f6f54}
ul{margin:0;padding-left:1.1rem}
code{overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){
body{color:#eee;background:#161616}a{color:#8ec7ff}a:focus-visible{outline-color:#8ec7ff}
th,td{border-color:#444}.bar{background:#5b3a2c;border-color:#c49a84}.bar span{background:#58c29b}}
@media print{.skip{display:none}}
""".strip()

Row = tuple[Key, SubfieldCount]


def loss_page(tally: LossTally, language: str, name: str) -> str:
    """Return the page in a language; `name` is what is reported on."""
    return "".join(_Page(tally, language).parts(name))


class _Page:
    """Writes the parts of the page in their order."""

    def __init__(self, tally: LossTally, language: str) -> None:
        self._tally, self._language, self._words = tally, language, words(language)

    def parts(self, name: str) -> Iterator[str]:
        word, tally = self._words, self._tally
        described = tally.described()
        figures = {
            "reached": self._number(described.reached),
            "total": self._number(described.total),
            "share": self._percent(described.share),
            "records": self._number(tally.records),
        }
        title = f"{word['title']}: {name}"
        yield f'<!DOCTYPE html>\n<html lang="{self._language}">\n<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        yield f'<a class="skip" href="#content">{word["skip"]}</a>\n<main id="content">\n<h1>{escape(title)}</h1>\n'
        yield f"<p>{escape(word['lead' if described.total else 'nothing'].format(**figures))}</p>\n"
        if tally.damaged:
            yield f"<p>{escape(word['damaged'].format(count=self._number(tally.damaged)))}</p>\n"
        if tally.unimarc:
            yield f"<p><strong>{escape(word['unimarc'].format(count=self._number(tally.unimarc)))}</strong></p>\n"
        yield from (f"<p><strong>{escape(error)}</strong></p>\n" for error in tally.errors)
        yield from self._groups()
        yield from self._odd()
        yield from self._fields()
        yield "</main>\n</body>\n</html>\n"

    def _groups(self) -> Iterator[str]:
        word = self._words
        heads = [word["group"], word["total"], word["reached"], word["share"]]
        rows = []
        for group in GROUPS:
            count = self._tally.group(group)
            if count.total:
                rows.append(f"<tr>{self._head(escape(word[group]))}{self._figures(count)}</tr>")
        yield f"<h2>{word['groups']}</h2>\n{self._table(word['groups'], heads, rows)}"

    def _fields(self) -> Iterator[str]:
        word, fields = self._words, self._by_field()
        heads = [word["field"], word["name"], word["total"], word["reached"], word["share"]]
        rows = []
        for (group, tag), counts in fields:
            link = f'<a href="#{group}-{escape(tag)}">{escape(tag)}</a>'
            named = f"{escape(word[group])}: " if group != GROUPS[0] else ""
            english = f'<span lang="en">{escape(field_name(group, tag))}</span>'
            rows.append(f"<tr>{self._head(link)}<td>{named}{english}</td>{self._figures(_sum(counts))}</tr>")
        yield f'<h2 id="fields">{word["fields"]}</h2>\n{self._table(word["fields"], heads, rows)}'
        for (group, tag), counts in fields:
            yield from self._field(group, tag, counts)

    def _by_field(self) -> list[tuple[tuple[str, str], list[Row]]]:
        grouped = groupby(self._tally.rows(), key=lambda row: (row[0][0], row[0][1]))
        return [(key, list(rows)) for key, rows in grouped]

    def _field(self, group: str, tag: str, counts: list[Row]) -> Iterator[str]:
        word = self._words
        heads = [word["subfield"], word["total"], word["reached"], word["share"], word["stays"]]
        rows = []
        for (_group, _tag, code), count in counts:
            label = f"<code>${escape(code)}</code>" if code else word["control"]
            figures = self._figures(GroupCount(count.total, count.reached))
            rows.append(f"<tr>{self._head(label)}{figures}<td>{self._reasons(count)}</td></tr>")
        english = f'<span lang="en">{escape(field_name(group, tag))}</span>'
        yield f'<h3 id="{group}-{escape(tag)}">{escape(tag)} {english}</h3>\n'
        yield self._table(word["subfields"].format(tag=escape(tag)), heads, rows)
        yield f'<p><a href="#fields">{word["back"]}</a></p>\n'

    def _reasons(self, count: SubfieldCount) -> str:
        items = []
        for reason, number in sorted(count.reasons.items(), key=lambda item: (-item[1], item[0])):
            examples = "; ".join(self._example(*example) for example in count.examples[reason])
            items.append(f"<li>{self._reason(reason)} ({self._number(number)})<br>{examples}</li>")
        return f"<ul>{''.join(items)}</ul>" if items else ""

    def _reason(self, reason: str) -> str:
        text, language = reason_phrase(self._language, reason)
        return escape(text) if language == self._language else f'<span lang="{language}">{escape(text)}</span>'

    def _example(self, record: str, value: str) -> str:
        return f"{self._words['record']} {escape(record)}: <code>{escape(value)}</code>"

    def _odd(self) -> Iterator[str]:
        word = self._words
        yield f"<h2>{word['odd']}</h2>\n"
        if not self._tally.oddities:
            yield f"<p>{word['none']}</p>\n"
            return
        rows = []
        for (tag, code), count in sorted(self._tally.oddities.items(), key=lambda item: (-item[1].total, item[0])):
            examples = "; ".join(self._example(*example) for example in count.examples)
            cells = f'<td>{escape(tag)}</td><td class="number">{self._number(count.total)}</td>'
            rows.append(f"<tr>{self._head(escape(code))}{cells}<td>{self._reason(code)}</td><td>{examples}</td></tr>")
        heads = [word["code"], word["field"], word["total"], word["what"], word["example"]]
        yield self._table(word["odd"], heads, rows)

    def _table(self, caption: str, heads: list[str], rows: Iterable[str]) -> str:
        numbers = {self._words["total"], self._words["reached"]}
        cells = "".join(
            f'<th scope="col"{" class=number" if head in numbers else ""}>{escape(head)}</th>' for head in heads
        )
        return (
            f'<div class="wide" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
            f"<caption>{escape(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"
            + "\n".join(rows)
            + "\n</tbody></table></div>\n"
        )

    def _head(self, content: str) -> str:
        return f'<th scope="row">{content}</th>'

    def _figures(self, count: GroupCount) -> str:
        bar = f'<span class="bar" aria-hidden="true"><span style="width:{100 * count.share:.1f}%"></span></span>'
        return (
            f'<td class="number">{self._number(count.total)}</td><td class="number">{self._number(count.reached)}</td>'
            f'<td class="share">{self._percent(count.share)}{bar}</td>'
        )

    def _number(self, number: int) -> str:
        return f"{number:,}" if self._language == "en" else f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")

    def _percent(self, share: float) -> str:
        text = format_share(share)
        return text if self._language == "en" else text.replace(".", ",").replace("%", "\N{NO-BREAK SPACE}%")


def format_share(share: float) -> str:
    """Return a share in per cent with one digit, never rounded up to all or down to nothing."""
    rounded = round(100 * share, 1)
    if share < 1 and rounded == 100:
        rounded = 99.9
    return f"{0.1 if share and not rounded else rounded:.1f}%"


def _sum(rows: Iterable[Row]) -> GroupCount:
    counts = [count for _key, count in rows]
    return GroupCount(sum(count.total for count in counts), sum(count.reached for count in counts))
