"""The query desk: a form and an editor, example queries, results as table and chart, notebooks. It knows no domain."""
