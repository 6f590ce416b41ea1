"""From a query in CQL to one of the listing: what each relation means for words and for codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nbkg.records.listing.record_listing import RecordListing, SortKey
from nbkg.records.listing.record_query import (
    ALL_RECORDS,
    Combination,
    RecordQuery,
    WordRelation,
    combine,
    find_code,
    find_range,
)
from sparql_endpoint.api.sru.cql_tree import CqlBoolean, CqlClause, CqlModifier, CqlNode, CqlQuery, CqlSortKey
from sparql_endpoint.api.sru.index_table import SearchIndex, find_index
from sparql_endpoint.api.sru.sru_diagnostics import SruDiagnosticError

_COMBINATIONS = {"and": Combination.AND, "or": Combination.OR, "not": Combination.NOT}
_WORD_RELATIONS = {
    "=": WordRelation.ALL,
    "all": WordRelation.ALL,
    "scr": WordRelation.ALL,
    "any": WordRelation.ANY,
    "adj": WordRelation.PHRASE,
    "==": WordRelation.FIELD,
    "exact": WordRelation.FIELD,
}
_EQUAL = frozenset({"=", "==", "exact", "scr"})
_RANGES = frozenset({"<", "<=", ">", ">=", "within"})
_KNOWN = frozenset({*_WORD_RELATIONS, *_RANGES, "<>"})
_RELATION_MODIFIERS = frozenset({"relevant", "stem", "ignorecase", "ignoreaccents", "masked", "word", "string"})
"""Modifiers that ask for what is done in any case, or that change nothing here."""
_DIRECTIONS = {"sort.ascending": False, "ascending": False, "sort.descending": True, "descending": True}
_IGNORED = frozenset({"sort.ignorecase", "sort.respectcase", "sort.missinghigh", "ignorecase"})
_MOST_KEYS = 3
_MOST_WORDS = 50
_RANK = "alma.rank"
"""What Alma's clients sort by where they want the best first, which is the order without a key."""
_LAST = chr(0x10FFFF)


def translate(query: CqlQuery, listing: RecordListing) -> RecordQuery:
    """Return the query of the listing. Raises SruDiagnosticError."""
    return _Translation(listing, dict(query.prefixes)).node(query.root)


class _Translation:
    def __init__(self, listing: RecordListing, prefixes: Mapping[str, str]) -> None:
        self._listing = listing
        self._prefixes = prefixes

    def node(self, node: CqlNode) -> RecordQuery:
        """Return the query of a node."""
        return self._boolean(node) if isinstance(node, CqlBoolean) else self._clause(node)

    def _boolean(self, node: CqlBoolean) -> RecordQuery:
        if node.operator == "prox":
            raise SruDiagnosticError(39, "prox")
        if node.modifiers:
            raise SruDiagnosticError(46, node.modifiers[0].name)
        return combine(_COMBINATIONS[node.operator], self.node(node.left), self.node(node.right))

    def _clause(self, clause: CqlClause) -> RecordQuery:
        index = find_index(clause.index, self._prefixes)
        relation = clause.relation.removeprefix("cql.")
        if relation not in _KNOWN:
            raise SruDiagnosticError(19, clause.relation)
        _check_modifiers(clause.modifiers)
        if not index.groups and not index.code:
            return RecordQuery(ALL_RECORDS)
        _check_term(clause.term)
        if relation == "<>":
            return combine(Combination.NOT, RecordQuery(ALL_RECORDS), self._equal(index, clause, "="))
        return self._equal(index, clause, relation)

    def _equal(self, index: SearchIndex, clause: CqlClause, relation: str) -> RecordQuery:
        return self._words(index, clause, relation) if index.groups else _code(index, clause, relation)

    def _words(self, index: SearchIndex, clause: CqlClause, relation: str) -> RecordQuery:
        if relation in _RANGES:
            raise SruDiagnosticError(22, f"{clause.index} {clause.relation}")
        query = self._listing.words(index.groups, clause.term, _WORD_RELATIONS[relation])
        if query is None:
            raise SruDiagnosticError(36, clause.term)
        return query


def _check_modifiers(modifiers: Sequence[CqlModifier]) -> None:
    for modifier in modifiers:
        if modifier.name.removeprefix("cql.") not in _RELATION_MODIFIERS:
            raise SruDiagnosticError(20, modifier.name)


def _check_term(term: str) -> None:
    """Raise SruDiagnosticError for an empty term, and for masking that is not at the end of a word."""
    if not term.strip():
        raise SruDiagnosticError(27)
    if len(term.split()) > _MOST_WORDS:
        raise SruDiagnosticError(12, f"a term may have {_MOST_WORDS} words")
    if "?" in term.replace("\\?", "") or any("*" in word[:-1] for word in term.split()) or term.strip() == "*":
        raise SruDiagnosticError(28, "only * at the end of a word is supported")
    if term.startswith("^") or term.endswith("^"):
        raise SruDiagnosticError(31, "^")


def _code(index: SearchIndex, clause: CqlClause, relation: str) -> RecordQuery:
    """Return the query for values of a code."""
    terms = clause.term.split()
    if relation in ("any", "all"):
        combination = Combination.OR if relation == "any" else Combination.AND
        queries = [find_code(index.code, term) for term in terms]
        query = queries[0]
        for other in queries[1:]:
            query = combine(combination, query, other)
        return query
    if relation in _EQUAL:
        return find_code(index.code, clause.term)
    if relation not in _RANGES or not index.sort:
        raise SruDiagnosticError(22, f"{clause.index} {clause.relation}")
    return _range(index, terms, relation, clause.term)


def _range(index: SearchIndex, terms: Sequence[str], relation: str, term: str) -> RecordQuery:
    if len(terms) != (2 if relation == "within" else 1):
        raise SruDiagnosticError(36, term)
    first, last = terms[0], terms[-1]
    ranges = {
        "within": (first, last),
        ">=": (first, ""),
        ">": (first + _LAST, ""),
        "<=": (" ", first),
        "<": (" ", first),
    }
    query = find_range(index.code, *ranges[relation])
    return combine(Combination.NOT, query, find_code(index.code, first)) if relation == "<" else query


def translate_sort(keys: Sequence[CqlSortKey], prefixes: Sequence[tuple[str, str]]) -> list[SortKey]:
    """Return the order of results. Raises SruDiagnosticError."""
    wanted_keys = [key for key in keys if key.name.lower() != _RANK]
    if len(wanted_keys) > _MOST_KEYS:
        raise SruDiagnosticError(84, str(_MOST_KEYS))
    return [_sort_key(key, dict(prefixes)) for key in wanted_keys]


def _sort_key(key: CqlSortKey, prefixes: Mapping[str, str]) -> SortKey:
    index = find_index(key.name, prefixes)
    if not index.sort:
        raise SruDiagnosticError(88, key.name)
    is_descending = False
    for modifier in key.modifiers:
        if modifier.name in _DIRECTIONS:
            is_descending = _DIRECTIONS[modifier.name]
        elif modifier.name not in _IGNORED:
            raise SruDiagnosticError(82, modifier.name)
    return SortKey(index.sort, is_descending)


def read_sort_keys(text: str) -> list[CqlSortKey]:
    """Return the keys of the parameter sortKeys: `path,schema,ascending`, with blanks between (SRU 1.1 section 4).

    Raises SruDiagnosticError.
    """
    keys = []
    for part in text.split():
        path, *others = part.split(",")
        direction = others[1] if len(others) > 1 else ""
        if direction not in ("", "0", "1"):
            raise SruDiagnosticError(82, direction)
        keys.append(CqlSortKey(path, [CqlModifier("sort.descending")] if direction == "0" else []))
    return keys
