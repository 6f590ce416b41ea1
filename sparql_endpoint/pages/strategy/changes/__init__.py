"""What changed between reports and between releases, which the feeds report.

Only the feeds and the registration of the pages may import it; it imports the base and the comparison of reports.
"""
