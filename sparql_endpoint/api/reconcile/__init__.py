"""The Reconciliation Service API 0.2 and 1.0-draft: which entity of the data a name or an identifier of others means.

It knows no term of the data: names, types and properties come out of it. The application and the pages may import it.
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
