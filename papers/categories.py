"""arXiv's categories by archive, as arXiv's taxonomy names them (https://arxiv.org/category_taxonomy)."""

import difflib
from collections.abc import Mapping
from types import MappingProxyType

_SUBJECTS = {
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC"
    " SD SE SI SY",
    "stat": "AP CO ME ML OT TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "econ": "EM GN TH",
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph"
    " geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
}
_ALONE = ("gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph")

ARCHIVES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        archive: tuple(f"{archive}.{subject}" for subject in text.split())
        for archive, text in _SUBJECTS.items()
    }
    | dict.fromkeys(_ALONE, ())
)
"""Each archive and its categories, those first in which machine learning is announced most."""

NAMES: tuple[str, ...] = tuple(name for archive, below in ARCHIVES.items() for name in (archive, *below))
"""All archives and categories, archive by archive."""

_BY_SMALL_LETTERS = {name.lower(): name for name in NAMES}


def find(text: str) -> str | None:
    """The archive or category that goes by this name, however its letters are written; None where there is none."""
    return _BY_SMALL_LETTERS.get(text.strip().lower())


def nearest(text: str) -> list[str]:
    """At most three names that come closest, best first."""
    near = difflib.get_close_matches(text.strip().lower(), _BY_SMALL_LETTERS, n=3, cutoff=0.6)
    return [_BY_SMALL_LETTERS[name] for name in near]


def archive(name: str) -> str:
    """The archive that a category belongs to."""
    return name.partition(".")[0]
