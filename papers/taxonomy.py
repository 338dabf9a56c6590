"""The classifications: one set of names in seven families, and what people type for them.

The names are the hub's tasks by modality (@huggingface/tasks 0.21.54), the modalities themselves, and
`Text2Text Generation`, which the hub had before and digests still use.
"""

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from papers.errors import UnknownClassificationError
from papers.models import Model

_TASKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Multimodal": (
            "Any-to-Any",
            "Audio-Text-to-Text",
            "Document Question Answering",
            "Image-Text-to-Image",
            "Image-Text-to-Text",
            "Image-Text-to-Video",
            "Video-Text-to-Text",
            "Visual Document Retrieval",
            "Visual Question Answering",
        ),
        "Natural Language Processing": (
            "Feature Extraction",
            "Fill-Mask",
            "Multiple Choice",
            "Question Answering",
            "Sentence Similarity",
            "Summarization",
            "Table Question Answering",
            "Table to Text",
            "Text Classification",
            "Text Generation",
            "Text Ranking",
            "Text Retrieval",
            "Text2Text Generation",
            "Token Classification",
            "Translation",
            "Zero-Shot Classification",
        ),
        "Computer Vision": (
            "Depth Estimation",
            "Image Classification",
            "Image Feature Extraction",
            "Image Segmentation",
            "Image-to-3D",
            "Image-to-Image",
            "Image-to-Text",
            "Image-to-Video",
            "Keypoint Detection",
            "Mask Generation",
            "Object Detection",
            "Text-to-3D",
            "Text-to-Image",
            "Text-to-Video",
            "Unconditional Image Generation",
            "Video Classification",
            "Video-to-Video",
            "Zero-Shot Image Classification",
            "Zero-Shot Object Detection",
        ),
        "Audio": (
            "Audio Classification",
            "Audio-to-Audio",
            "Automatic Speech Recognition",
            "Text-to-Audio",
            "Text-to-Speech",
            "Voice Activity Detection",
        ),
        "Tabular": (
            "Tabular Classification",
            "Tabular Regression",
            "Tabular to Text",
            "Time Series Forecasting",
        ),
        "Reinforcement Learning": ("Robotics",),
        "Other": ("Graph Machine Learning",),
    }
)

FAMILIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {family: (family, *tasks) for family, tasks in _TASKS.items()}
)
"""Each family and its members, the family's own label first."""

NAMES: tuple[str, ...] = tuple(name for members in FAMILIES.values() for name in members)
"""All 63 names, family by family."""

_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "3D": ("Text-to-3D", "Image-to-3D"),
        "ASR": ("Automatic Speech Recognition",),
        "CV": FAMILIES["Computer Vision"],
        "Detection": ("Object Detection", "Zero-Shot Object Detection"),
        "DocVQA": ("Document Question Answering",),
        "Embeddings": ("Feature Extraction", "Sentence Similarity"),
        "Forecasting": ("Time Series Forecasting",),
        "GNN": ("Graph Machine Learning",),
        "Graphs": ("Graph Machine Learning",),
        "I2I": ("Image-to-Image",),
        "I2V": ("Image-to-Video",),
        "Image Generation": ("Text-to-Image", "Image-to-Image", "Unconditional Image Generation"),
        "LLM": ("Text Generation", "Text2Text Generation"),
        "LMM": ("Image-Text-to-Text", "Video-Text-to-Text", "Any-to-Any"),
        "MLLM": ("Image-Text-to-Text", "Video-Text-to-Text", "Any-to-Any"),
        "MT": ("Translation",),
        "NER": ("Token Classification",),
        "NLP": FAMILIES["Natural Language Processing"],
        "OCR": ("Image-to-Text", "Document Question Answering"),
        "QA": ("Question Answering",),
        "RAG": ("Text Retrieval", "Question Answering"),
        "RL": FAMILIES["Reinforcement Learning"],
        "Retrieval": ("Text Retrieval", "Text Ranking", "Visual Document Retrieval"),
        "Robots": ("Robotics",),
        "Segmentation": ("Image Segmentation", "Mask Generation"),
        "Speech": ("Automatic Speech Recognition", "Text-to-Speech", "Voice Activity Detection"),
        "Speech Recognition": ("Automatic Speech Recognition",),
        "Summarisation": ("Summarization",),
        "T2A": ("Text-to-Audio",),
        "T2I": ("Text-to-Image",),
        "T2V": ("Text-to-Video",),
        "TTS": ("Text-to-Speech",),
        "TableQA": ("Table Question Answering",),
        "Time Series": ("Time Series Forecasting",),
        "VAD": ("Voice Activity Detection",),
        "VLM": ("Image-Text-to-Text", "Video-Text-to-Text", "Visual Question Answering"),
        "VQA": ("Visual Question Answering",),
        "Video Generation": ("Text-to-Video", "Image-to-Video", "Image-Text-to-Video", "Video-to-Video"),
        "Vision": FAMILIES["Computer Vision"],
    }
)
_ONLY = "="
_SUGGESTIONS = 25


class Tag(Model):
    """What a typed classification stands for.

    `text` is its canonical spelling (which finds the same again), `names` the labels it takes in.
    """

    text: str
    names: tuple[str, ...]


def squash(text: str) -> str:
    """The text as names are compared: without case, dashes, spaces or any other mark."""
    return "".join(char for char in text.casefold() if char.isalnum())


_FAMILY_OF = {name: family for family, members in FAMILIES.items() for name in members}
_NAME_OF = {squash(name): name for name in NAMES}
_TAGS = {
    squash(text): Tag(text=text, names=names)
    for text, names in (*((name, (name,)) for name in NAMES), *FAMILIES.items(), *_ALIASES.items())
}


def canonical(text: str) -> str | None:
    """The name that a label stands for, however it is spelt; None where it is no name (aliases are none)."""
    return _NAME_OF.get(squash(text))


def family(name: str) -> str:
    """The family of a name; of a name nobody knows, `Other`."""
    return _FAMILY_OF.get(canonical(name) or "", "Other")


def find(text: str) -> Tag:
    """What a person means by a classification: a family takes in its tasks, `=Name` is that label alone.

    Raises:
        UnknownClassificationError: nothing goes by this name; the message names the nearest.
    """
    wanted = text.strip()
    if wanted.startswith(_ONLY):
        name = canonical(wanted)
        if name is not None:
            return Tag(text=f"{_ONLY}{name}", names=(name,))
    elif (tag := _TAGS.get(squash(wanted))) is not None:
        return tag
    raise _unknown(wanted)


def _unknown(wanted: str) -> UnknownClassificationError:
    short = wanted[:60]
    nearest = [_TAGS[key].text for key in difflib.get_close_matches(squash(short), _TAGS, n=3, cutoff=0.5)]
    hint = f"did you mean {' or '.join(nearest)}?" if nearest else "try Multimodal, Text Generation or VQA."
    return UnknownClassificationError(f"There is no classification “{short}”: {hint}", nearest=nearest)


def suggest(typed: str) -> list[str]:
    """Names and aliases for what was typed so far, at most 25.

    What begins like it comes before what has it inside, families before tasks, what an alias stands for last.
    """
    part = squash(typed)
    ordered = (*FAMILIES, *(name for name in NAMES if name not in FAMILIES))
    beginning = [name for name in ordered if squash(name).startswith(part)]
    inside = [name for name in ordered if part in squash(name)]
    meant = [tag.text for key, tag in _TAGS.items() if part and key.startswith(part)]
    aliased = _aliased(part)
    return list(dict.fromkeys((*beginning, *inside, *meant, *aliased)))[:_SUGGESTIONS]


def _aliased(part: str) -> Iterable[str]:
    tag = _TAGS.get(part)
    return tag.names if tag is not None else ()
