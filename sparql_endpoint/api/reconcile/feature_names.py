"""The names of the features of which scores are made; the texts are in `words/reconcile.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from sparql_endpoint.http.languages import say
from sparql_endpoint.words import words

_KEY = "feature_"


def feature_name(feature: str, language: str) -> str:
    """Return the name of a feature: that of its kind with what follows the colon, or its id where there is no name."""
    kind, colon, detail = feature.partition(":")
    if (key := f"{_KEY}{kind}") not in words():
        return feature
    return f"{say(key, language)}{colon} {detail}".strip()


def documented_features() -> Iterator[tuple[str, str, str]]:
    """Yield the ids of all features with the keys of their names and of what they mean."""
    for key in words():
        if key.startswith(_KEY) and not key.endswith("_note"):
            yield key.removeprefix(_KEY), key, f"{key}_note"
