"""Engines: text in, hypotheses out; wrappers that cache and pivot."""
