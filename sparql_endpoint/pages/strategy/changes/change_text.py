"""A change in words: a title, and a sentence for each thing that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal

from sparql_endpoint.http import dates
from sparql_endpoint.http.languages import say
from sparql_endpoint.pages.strategy.base.observations import Claim, ReportObservation
from sparql_endpoint.pages.strategy.changes.change import Change, ChangeKind, ValueChange
from sparql_endpoint.pages.strategy.reports.comparison import FieldChange
from sparql_endpoint.services.labels import Labels
from sparql_endpoint.stores.base import Term

_MAX_VALUE = 600
"""Characters of a value of a curated statement."""


@dataclass(frozen=True)
class Sentence:
    """What changed: our words, and after them those of the data where they are in a language of their own."""

    text: str
    quoted: str = ""
    language: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.quoted}".rstrip()


class ChangeText:
    """Writes changes in the language of a request's labels."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def title(self, change: Change) -> Sentence:
        """Return the name of what changed, or that there is a new report."""
        label = self._labels.of(change.subject)
        if change.kind is ChangeKind.REPORT:
            return self._sentence("feed_report", label.text, label.language)
        wording = change.observation.values.get("text") if change.observation else None
        if isinstance(wording, Literal) and label.text == self._labels.compact(label.title or ""):
            return Sentence("", wording.value, wording.language or "")
        return Sentence("", label.text, label.language or "")

    def sentences(self, change: Change) -> Sequence[Sentence]:
        """Return what changed, one sentence for each thing."""
        quoting = [*self._first(change), *self._fields(change)]
        plain = [*self._named(change), *self._values(change)]
        return [*quoting, *(Sentence(text) for text in plain)]

    def _first(self, change: Change) -> Iterator[Sentence]:
        if change.kind is ChangeKind.REPORT:
            yield Sentence(self._say("feed_report_note", number=change.number))
        elif change.kind in (ChangeKind.MISSING, ChangeKind.REREAD):
            yield Sentence(self._say(f"feed_{change.kind}"))
        elif change.kind is ChangeKind.NEW and (new := change.observation):
            yield Sentence(self._say("feed_new"))
            yield Sentence(self._say("feed_status_now", after=self._status(new)))
            if leading := new.agents(leading=True):
                yield Sentence(self._say("feed_responsible_now", after=self._names(leading)))
            yield from self._quoted("feed_comment_now", new.values.get("comment"))

    def _fields(self, change: Change) -> Iterator[Sentence]:
        for field in change.fields:
            if field.field in ("comment", "text"):
                after = field.after.values.get(field.field)
                sentences = list(self._quoted(f"feed_{field.field}", after))
                yield from sentences or [Sentence(self._say(f"feed_no_{field.field}"))]
            elif write := _SENTENCES.get(field.field):
                yield from map(Sentence, write(self, field))

    def _quoted(self, key: str, value: Term | None) -> Iterator[Sentence]:
        if isinstance(value, Literal) and value.value:
            yield self._sentence(key, value.value, value.language)

    def _sentence(self, key: str, quoted: str, language: str | None) -> Sentence:
        return Sentence(self._say(key), quoted, language or "")

    def status(self, change: FieldChange) -> Iterator[str]:
        """Yield the status before and after."""
        yield self._say("feed_status", before=self._status(change.before), after=self._status(change.after))

    def agents(self, change: FieldChange) -> Iterator[str]:
        """Yield who was responsible, or contributed, before and after."""
        leading = change.field == "responsible"
        before, after = (self._names(one.agents(leading=leading)) for one in (change.before, change.after))
        yield self._say(f"feed_{change.field}", before=before, after=after)

    def milestones(self, change: FieldChange) -> Iterator[str]:
        """Yield new dates, dates whose outcome changed, and dates that are no longer mentioned."""
        before, after = ({self._claim(claim): claim for claim in one.claims} for one in (change.before, change.after))
        outcomes = {claim.when: claim.outcome for claim in before.values()}
        for words, claim in after.items():
            if words in before:
                continue
            if claim.when and claim.when in outcomes:
                old, new = (self._outcome(outcome) for outcome in (outcomes[claim.when], claim.outcome))
                yield self._say("feed_outcome", when=self._when(claim), before=old, after=new)
            else:
                yield self._say("feed_date", after=words)
        still = {claim.when for claim in after.values() if claim.when}
        for words, claim in before.items():
            if words not in after and claim.when not in still:
                yield self._say("feed_no_date", before=words)

    def references(self, change: FieldChange) -> Iterator[str]:
        """Yield new links, and links that were removed."""
        before, after = (one.others.get("references", ()) for one in (change.before, change.after))
        yield from self._added_and_removed("feed_links", before, after)

    def _named(self, change: Change) -> Iterator[str]:
        if named := change.named:
            yield from self._added_and_removed("feed_named", named.before, named.after)

    def _added_and_removed(self, key: str, before: Sequence[Term], after: Sequence[Term]) -> Iterator[str]:
        added, removed = [one for one in after if one not in before], [one for one in before if one not in after]
        if added:
            yield self._say(key, after=self._names(added))
        if removed:
            yield self._say(f"{key}_no", before=self._names(removed))

    def _values(self, change: Change) -> Iterator[str]:
        for value in change.values:
            yield self._say(_form(value), property=self._labels.of(value.property).text, **self._sides(value))

    def _sides(self, value: ValueChange) -> Mapping[str, str]:
        sides = {"before": value.before, "after": value.after}
        return {name: "; ".join(map(self._value, terms)) for name, terms in sides.items() if terms}

    def _value(self, term: Term) -> str:
        text = self._labels.of(term).text
        text = text if len(text) <= _MAX_VALUE else f"{text[:_MAX_VALUE]} …"
        return f"«{text}» ({term.language})" if isinstance(term, Literal) and term.language else text

    def _claim(self, claim: Claim) -> str:
        return f"{self._when(claim)} ({self._outcome(claim.outcome)})"

    def _when(self, claim: Claim) -> str:
        return dates.edtf(claim.when, self._labels.language)

    def _outcome(self, outcome: Term | None) -> str:
        return self._labels.of(outcome).text.lower() if outcome else self._say("not_stated").lower()

    def _status(self, one: ReportObservation) -> str:
        status = one.values.get("status") or one.values.get("statusText")
        return self._labels.of(status).text if status else self._say("not_stated")

    def _names(self, terms: Sequence[Term]) -> str:
        return ", ".join(self._labels.of(term).text for term in terms) or self._say("not_stated").lower()

    def _say(self, key: str, **values: object) -> str:
        return say(key, self._labels.language, **values)


def _form(value: ValueChange) -> str:
    """Return the key of the words for values that were added, removed or replaced."""
    if value.before and value.after:
        return "feed_value"
    return "feed_value_new" if value.after else "feed_value_gone"


_SENTENCES: Mapping[str, Callable[[ChangeText, FieldChange], Iterator[str]]] = {
    "status": ChangeText.status,
    "responsible": ChangeText.agents,
    "contributing": ChangeText.agents,
    "milestones": ChangeText.milestones,
    "references": ChangeText.references,
}
"""The fields that are compared, each with what writes its sentences; a new comment or wording is quoted."""
