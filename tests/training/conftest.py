from tests.models.fixtures import own_cache, session_cache, tiny_model

__all__ = ["own_cache", "session_cache", "tiny_model"]
