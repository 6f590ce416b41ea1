"""The VoID description of data (https://www.w3.org/TR/void/): counts statements, and writes and reads `graph/void`.

The loader and the endpoint import it; it imports only `nbkg.rdf` and knows no term of the data it counts.
"""
