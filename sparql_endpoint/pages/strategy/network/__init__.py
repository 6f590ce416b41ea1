"""The network of measures, units, services and partners, as a drawing, a table and data.

Only the registration of the pages may import it.
"""
