"""The pages of the library's catalogue: hubs, works, instances, agents, subjects and records, and their downloads.

Only the registration of the pages may import it; it knows BIBFRAME, through its queries.
"""
