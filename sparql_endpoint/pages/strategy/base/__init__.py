"""What several strategy pages share: the strategy as of the newest report, its filters, charts, passages and citations.

Only the strategy pages and the site's start page may import it.
"""
