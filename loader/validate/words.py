"""The words of the renderers, in each language of the shapes."""

from __future__ import annotations

from loader.validate.results import Severity

WORDS: dict[str, dict[str, str]] = {
    "nb": {
        "title": "Kontroll av grafen",
        "conforms": "Grafen følger reglene.",
        "fails": "Grafen bryter reglene.",
        "nothing": "Ingenting å melde.",
        "severity": "Alvorlighetsgrad",
        "focus": "Hvor",
        "what": "Hva er galt, og hva kan gjøres",
        "value": "Verdi",
        "rule": "Regel",
        "records": "Poster",
        "examples": "Eksempler",
        Severity.VIOLATION: "Feil",
        Severity.WARNING: "Advarsel",
        Severity.INFO: "Merknad",
    },
    "nn": {
        "title": "Kontroll av grafen",
        "conforms": "Grafen følgjer reglane.",
        "fails": "Grafen bryt reglane.",
        "nothing": "Ingenting å melde.",
        "severity": "Alvorsgrad",
        "focus": "Kvar",
        "what": "Kva er gale, og kva kan gjerast",
        "value": "Verdi",
        "rule": "Regel",
        "records": "Postar",
        "examples": "Døme",
        Severity.VIOLATION: "Feil",
        Severity.WARNING: "Åtvaring",
        Severity.INFO: "Merknad",
    },
    "en": {
        "title": "Check of the graph",
        "conforms": "The graph follows the rules.",
        "fails": "The graph breaks the rules.",
        "nothing": "Nothing to report.",
        "severity": "Severity",
        "focus": "Where",
        "what": "What is wrong, and what to do",
        "value": "Value",
        "rule": "Rule",
        "records": "Records",
        "examples": "Examples",
        Severity.VIOLATION: "Error",
        Severity.WARNING: "Warning",
        Severity.INFO: "Note",
    },
}
"""Language to word."""
