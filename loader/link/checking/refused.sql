-- Pairs that must never be linked and are in one component: both nodes.
SELECT DISTINCT min(one.id, other.id), max(one.id, other.id)
FROM never JOIN node one ON one.id = never.one JOIN node other ON other.id = never.other
WHERE one.component = other.component AND one.id != other.id
ORDER BY one.iri, other.iri
