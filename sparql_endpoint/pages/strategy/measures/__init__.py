"""The list of measures with its filters, as a page and as files.

The network and the registration of the pages may import it.
"""
