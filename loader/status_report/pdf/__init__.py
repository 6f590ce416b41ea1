"""A report's PDF to the text that is kept beside it: cells by the ruled lines, links at the foot, no page numbers.

Commands import it. It knows the table's header and the parse package's layout, which the text is written for.
"""
