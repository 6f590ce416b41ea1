-- What replaces what: the old thing, the new one.
SELECT source, min(target) FROM row WHERE kind = 'replaced' GROUP BY source ORDER BY source
