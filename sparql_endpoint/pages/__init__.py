"""The pages: all that knows the strategy, and the pages of any other data.

Only the application imports them, by `pages.site.registration`.
"""
