"""Papers read by a language model, behind any OpenAI-compatible endpoint: an improvement that can be switched on.

Nothing here is loaded from the extra packages before `open_language_model` is entered.
"""

from papers.reading.language_model.access import Access
from papers.reading.language_model.asking import LanguageModel, open_language_model
from papers.reading.language_model.reader import LanguageModelReader
from papers.reading.language_model.translator import Translator, translators

__all__ = [
    "Access",
    "LanguageModel",
    "LanguageModelReader",
    "Translator",
    "open_language_model",
    "translators",
]
