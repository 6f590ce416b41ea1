"""Pages of the site: start, search, catalogue, feed, sitemap, addresses of resources, and the table of pages by class.

The application imports its `registration`; it may import every other room of pages.
"""
