"""The index of the words of a store on disk: the loader writes it beside a version, the endpoint reads it.

It knows no property; who writes an index gives those whose values are names.
"""

from nbkg.text_index.analysis import find_words
from nbkg.text_index.expansion import Sought
from nbkg.text_index.reading import Index
from nbkg.text_index.writing import Resource, Tables, Text, is_possible, write, write_resources

__all__ = ["Index", "Resource", "Sought", "Tables", "Text", "find_words", "is_possible", "write", "write_resources"]
"""The functions and classes that others use."""
