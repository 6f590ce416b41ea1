"""Labels of blank nodes depend on nothing but what hangs together with them."""

from __future__ import annotations

from nbkg.rdf import nquads as lines
from tests.datasets import MakeDataset

_LIST = (
    "<urn:s> <urn:p> _:a <urn:g> .\n"
    '_:a <urn:first> "1" <urn:g> .\n'
    "_:a <urn:rest> _:b <urn:g> .\n"
    '_:b <urn:first> "2" <urn:g> .\n'
)


def test_labels_of_the_input_do_not_matter(data: MakeDataset) -> None:
    assert list(data(_LIST)) == list(data(_LIST.replace("_:a", "_:zz").replace("_:b", "_:a")))


def test_what_does_not_hang_together_keeps_its_labels(data: MakeDataset) -> None:
    other = '<urn:t> <urn:p> _:c <urn:g> .\n_:c <urn:q> "x" <urn:g> .\n'
    assert set(data(_LIST)) < set(data(_LIST + other))


def test_a_changed_group_has_other_labels_throughout(data: MakeDataset) -> None:
    before, after = set(data(_LIST)), set(data(_LIST.replace('"2"', '"3"')))
    assert not before & after


def test_two_groups_that_are_the_same_stay_two(data: MakeDataset) -> None:
    twice = '_:a <urn:p> "x" .\n_:b <urn:p> "x" .\n'
    found = list(data(twice))
    assert len(found) == 2
    assert len({lines.subject(line) for line in found}) == 2
    assert set(data('_:a <urn:p> "x" .\n')) < set(found)


def test_the_same_label_in_two_graphs_is_one_node(data: MakeDataset) -> None:
    shared = '_:a <urn:p> "x" <urn:g> .\n_:a <urn:p> "x" <urn:h> .\n'
    apart = '_:a <urn:p> "x" <urn:g> .\n_:b <urn:p> "x" <urn:h> .\n'
    assert data(shared).canonical_hash() != data(apart).canonical_hash()
    assert list(data(shared)) != list(data(apart))


def test_a_graph_may_be_a_blank_node(data: MakeDataset) -> None:
    assert len(list(data('<urn:s> <urn:p> "x" _:g .\n'))) == 1
