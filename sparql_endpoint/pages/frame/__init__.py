"""What every page has: menu, notice of the data set, provenance of graphs, links for programs, and the response itself.

All other rooms of pages import it; it imports services and what lies below.
"""
