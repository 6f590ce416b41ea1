"""What the loader and the endpoint share: errors, RDF, a store's folder, the text index, VoID.

Both packages import it; it imports neither of them, and knows no term of nbkg's own ontology.
"""
