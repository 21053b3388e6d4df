"""mtkit: Vietnamese and English articles into Russian, with the right terms in the right case."""

__version__ = "0.1.0"
