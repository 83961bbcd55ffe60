"""False sentences of every kind, made of true ones: what a checker of narration has to catch."""

from tests.corruptions.suite import Corruption, corruptions

__all__ = ["Corruption", "corruptions"]
