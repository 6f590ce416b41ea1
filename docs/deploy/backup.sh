#!/usr/bin/env bash
# Prints all graphs of a running store as N-Quads: backup.sh [ADDRESS] > FILE.nq
# Ends with 1 where a graph could not be read, or where the store changed meanwhile: then run it again.
set -euo pipefail
at=${1:-http://127.0.0.1:8000}

version() { curl -sSf -o /dev/null -D - "$at/data?default" | tr -d '\r' | awk 'tolower($1) == "data-version:" { print $2 }'; }

quads() { # the default graph's N-Triples are N-Quads already
  curl -sSf -H 'Accept: application/n-triples' "$at/data?default"
  while read -r graph; do
    curl -sSf -G -H 'Accept: application/n-triples' --data-urlencode "graph=$graph" "$at/data" |
      GRAPH=$graph awk '{ print substr($0, 1, length($0) - 1) "<" ENVIRON["GRAPH"] "> ." }'
  done <<<"$graphs"
}

before=$(version)
graphs=$(curl -sSf -G -H 'Accept: text/tab-separated-values' "$at/sparql" \
  --data-urlencode 'query=SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph' |
  tr -d '\r' | sed -n 's/^<\(.*\)>$/\1/p')
[ -n "$graphs" ] || { curl -sSf -H 'Accept: application/n-triples' "$at/data?default"; exit; }
quads
[ "$before" = "$(version)" ] || { echo "the store changed meanwhile; ask again" >&2; exit 1; }
