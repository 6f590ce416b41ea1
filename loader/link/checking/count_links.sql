-- How many links the table holds.
SELECT count(*) FROM link
