"""How alike two texts are, by their words and letters: from 0 to 1 unless the function says otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.fuzz import partial_ratio

from loader.cluster.term_weights import TermWeights
from loader.cluster.values import FoldedText

_LEAST_ALIKE = 0.9
_SHORTEST = 4
_MOST_WEIGHT = 60.0


def share_words(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return the share of the weight of all words that both have; a word with an error counts for its similarity."""
    total = weights.of_words(one.distinct) + weights.of_words(other.distinct)
    return _common_weight(one, other, weights) / total if total else 0.0


def contain_words(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return how much of the weight of the lighter text the other one has."""
    least = min(weights.of_words(one.distinct), weights.of_words(other.distinct))
    return min(1.0, _common_weight(one, other, weights) / 2 / least) if least else 0.0


def _common_weight(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return twice the weight of the words that both have, with those that are nearly the same."""
    common = one.distinct & other.distinct
    same = 2 * weights.of_words(common)
    left, right = one.distinct - common, other.distinct - common
    return same + _similar_weight(left, right, weights) if left and right else same


def _similar_weight(left: Iterable[str], right: Iterable[str], weights: TermWeights) -> float:
    remaining, total = sorted(word for word in right if len(word) >= _SHORTEST), 0.0
    for word in sorted((word for word in left if len(word) >= _SHORTEST), key=lambda word: (-len(word), word)):
        similarity, similar = _most_similar(word, remaining)
        if similarity >= _LEAST_ALIKE:
            remaining.remove(similar)
            total += similarity * (weights.of_word(word) + weights.of_word(similar))
    return total


def _most_similar(word: str, others: Iterable[str]) -> tuple[float, str]:
    return max(((JaroWinkler.similarity(word, other), other) for other in others), default=(0.0, ""))


def share_plain_words(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return the share of the weight of all words that both have, without words with errors."""
    total = weights.of_words(one.distinct) + weights.of_words(other.distinct)
    return 2 * weights.of_words(one.distinct & other.distinct) / total if total else 0.0


def contain_plain_words(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return how much of the weight of the lighter text the other one has, without words with errors."""
    least = min(weights.of_words(one.distinct), weights.of_words(other.distinct))
    return weights.of_words(one.distinct & other.distinct) / least if least else 0.0


def share_trigrams(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return the share of the weight of all groups of three letters that both have."""
    total = _trigram_weight(one.trigrams, weights) + _trigram_weight(other.trigrams, weights)
    left, right = one.trigrams, other.trigrams
    common = sum(min(left[key], right[key]) * weights.of_trigram(key) for key in left.keys() & right.keys())
    return 2 * common / total if total else 0.0


def _trigram_weight(trigrams: Mapping[str, int], weights: TermWeights) -> float:
    return sum(count * weights.of_trigram(letters) for letters, count in trigrams.items())


def compare_letters(one: FoldedText, other: FoldedText, _: TermWeights) -> float:
    """Return the similarity of the letters without blanks (Levenshtein)."""
    return Levenshtein.normalized_similarity(one.letters, other.letters)


def compare_beginnings(one: FoldedText, other: FoldedText, _: TermWeights) -> float:
    """Return the similarity of the texts, in which the beginning counts more (Jaro-Winkler)."""
    return JaroWinkler.similarity(one.text, other.text)


def compare_parts(one: FoldedText, other: FoldedText, _: TermWeights) -> float:
    """Return how alike the shorter text and the most similar part of the longer one are."""
    return partial_ratio(one.text, other.text) / 100 if one.words and other.words else 0.0


def weigh_lighter(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return the weight of the words of the text that says less, in tens."""
    return min(weights.of_words(one.distinct), weights.of_words(other.distinct), _MOST_WEIGHT) / 10


def count_repetitions(one: FoldedText, other: FoldedText, weights: TermWeights) -> float:
    """Return the logarithm of how many records of one catalogue have the same words: titles like “Editorial”."""
    return math.log(max(weights.repetitions.get(one.key, 1), weights.repetitions.get(other.key, 1)))


def have_other_numbers(one: FoldedText, other: FoldedText, _: TermWeights) -> float:
    """Return 1 where both texts have numbers and these are not the same."""
    return float(bool(one.numbers and other.numbers) and one.numbers != other.numbers)


def has_numbers_alone(one: FoldedText, other: FoldedText, _: TermWeights) -> float:
    """Return 1 where only one of both texts has numbers."""
    return float(bool(one.numbers) != bool(other.numbers))
