"""The mentions of a row by entity and role: one for all the places where a row names something in one role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loader.status_report.model.report import Mention, MentionRole, Words

INVOLVED = (MentionRole.PARTNER, MentionRole.SUPPLIER)
"""The roles of those who take part in a measure (`nbkg:involves`)."""


@dataclass(frozen=True)
class RoleMention:
    """All the places where a row names an entity in one role."""

    entity: str
    role: MentionRole
    printed: tuple[Words, ...]
    evidence: tuple[Words, ...]
    """The words that show the role; none for what is only named."""


def merge_mentions(mentions: Sequence[Mention], publisher: str) -> tuple[RoleMention, ...]:
    """Return the mentions of a row by entity and role, in order of the entities.

    A place that only names an entity adds nothing to a role that another place of the row gives it. Who publishes the
    report is its own partner or audience nowhere: it is an owner or only named.
    """
    places: dict[str, dict[MentionRole, list[Mention]]] = {}
    for mention in mentions:
        role = role_in_report(mention, publisher)
        places.setdefault(mention.entity, {}).setdefault(role, []).append(mention)
    return tuple(merged for entity, by_role in places.items() for merged in _of_entity(entity, by_role))


def role_in_report(mention: Mention, publisher: str) -> MentionRole:
    """Return the role of a mention in the reports of a publisher, which itself is only an owner there or only named."""
    own = mention.entity == publisher and mention.role is not MentionRole.OWNER
    return MentionRole.NAMED if own else mention.role


def _of_entity(entity: str, by_role: dict[MentionRole, list[Mention]]) -> Iterator[RoleMention]:
    named = by_role.pop(MentionRole.NAMED, []) if len(by_role) > 1 else []
    for role, mentions in by_role.items():
        evidence = tuple(mention.evidence for mention in mentions if mention.evidence and role is not MentionRole.NAMED)
        yield RoleMention(entity, role, tuple(mention.printed for mention in (*mentions, *named)), evidence)
        named = []
