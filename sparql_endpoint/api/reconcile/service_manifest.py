"""The manifest: what the service is called, which types it knows, and where its parts are.

Reconciliation API 0.2, section 3.1, and 1.0-draft, "Service Manifest". Its names and types come out of the data.
"""

from __future__ import annotations

from importlib.metadata import version

from flask import request, url_for

from sparql_endpoint.api.reconcile.entity_descriptions import describe_type
from sparql_endpoint.api.reconcile.extension_query import CONTENTS, TEXTS
from sparql_endpoint.api.reconcile.schema_terms import read_schema
from sparql_endpoint.api.reconcile.service_versions import VERSIONS
from sparql_endpoint.http import languages
from sparql_endpoint.http.languages import say
from sparql_endpoint.services import void_counts
from sparql_endpoint.services.labels import request_labels
from sparql_endpoint.services.services import serving

BATCH_SIZE = 200
"""Queries that clients are asked to send at a time; more are answered too, up to the most of a batch."""
WIDTH, HEIGHT = 420, 260
"""The size of a preview in pixels."""
_MOST_TYPES = 15
"""Default types."""
Manifest = dict[str, object]


def manifest_0_2() -> Manifest:
    """Return the manifest of version 0.2. Raises StoreError."""
    root, base, lang = request.url_root, serving().settings.base, _language_argument()
    service = f"{root}reconcile"
    return {
        **_common(),
        "identifierSpace": base,
        "schemaSpace": f"{base}prefixes",
        "view": {"url": f"{root}resource?iri={{{{id}}}}{lang}"},
        "feature_view": {"url": f"{service}#{{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}{lang}", "width": WIDTH, "height": HEIGHT},
        "suggest": {kind: _suggest(service, kind) for kind in ("entity", "property", "type")},
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/extend/propose"},
            "property_settings": [_setting_0_2(setting) for setting in _settings()],
        },
    }


def manifest_1_0() -> Manifest:
    """Return the manifest of version 1.0-draft. Raises StoreError."""
    root, lang = request.url_root, _language_argument()
    return {
        **_common(),
        "lang": languages.negotiate(),
        "dir": "ltr",
        "standardizedScore": True,
        "view": {"url": f"{root}resource?iri={{id}}{lang}"},
        "featureView": {"url": f"{root}reconcile#{{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": _settings()},
    }


def service_name() -> str:
    """Return the title of the data, or the name of this site where it states none. Raises StoreError."""
    labels = request_labels()
    dataset = void_counts.contents().dataset(labels.addresses.base)
    name = labels.of(dataset).text
    return say("site_name", labels.language) if name == labels.compact(dataset.value) else name


def _common() -> Manifest:
    """Return what both versions have."""
    return {
        "versions": list(VERSIONS),
        "name": service_name(),
        "documentation": f"{request.url_root}reconcile",
        "logo": f"{request.url_root[:-1]}{_below_root(url_for('static', filename='mark.svg'))}",
        "serviceVersion": version("nbkg"),
        "defaultTypes": default_types(),
        "batchSize": BATCH_SIZE,
    }


def default_types() -> list[dict[str, str]]:
    """Return the types that most entities are of which somebody may look for. Raises StoreError."""
    schema, language = read_schema(), request_labels().language
    return [describe_type(term.iri, schema, language) for term in schema.main_types()[:_MOST_TYPES]]


def _below_root(path: str) -> str:
    return path.removeprefix(request.script_root)


def _language_argument() -> str:
    """Return the argument by which links go on asking for the language that the request names."""
    lang = request.args.get("lang", "")
    return f"&lang={lang}" if lang in languages.OFFERED else ""


def _suggest(service: str, kind: str) -> dict[str, str]:
    return {
        "service_url": service,
        "service_path": f"/suggest/{kind}",
        "flyout_service_url": service,
        "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
    }


def _settings() -> list[Manifest]:
    """Return the settings of a property as version 1.0-draft has them."""
    return [
        {
            "id": "limit",
            "name": _say("limit"),
            "type": "number",
            "default": 0,
            "helpText": _say("limit_note"),
        },
        _choice("content", CONTENTS),
        _choice("texts", TEXTS),
    ]


def _choice(name: str, choices: tuple[str, ...]) -> Manifest:
    named = [{"value": choice, "name": _say(f"{name}_{choice}")} for choice in choices]
    fields = {"id": name, "name": _say(name), "type": "select", "default": choices[0]}
    return {**fields, "helpText": _say(f"{name}_note"), "choices": named}


def _setting_0_2(setting: Manifest) -> Manifest:
    """Return a setting with the names that version 0.2 has for its fields."""
    names = {"id": "name", "name": "label", "helpText": "help_text"}
    return {names.get(name, name): value for name, value in setting.items()}


def _say(key: str) -> str:
    return say(f"reconcile_{key}", languages.negotiate())
