"""The metadata quality score of data sets, as data.norge.no computes it.

https://data.norge.no/vocabulary/dcatno-mqa. The indicators and their points are read from the publisher's vocabulary;
what each indicator looks at is what the checkers behind data.norge.no do: fdk-mqa-property-checker,
fdk-mqa-url-checker, fdk-mqa-dcat-validator and fdk-mqa-scoring-service at https://github.com/Informasjonsforvaltning.
"""

from __future__ import annotations

from loader.catalogue.mqa.score import Indicator, Score, scores
from loader.catalogue.mqa.score_vocabulary import ScoreVocabulary, read_vocabulary

__all__ = ["Indicator", "Score", "ScoreVocabulary", "read_vocabulary", "scores"]
