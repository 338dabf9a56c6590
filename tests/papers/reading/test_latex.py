import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.reading.latex import plain

TRACE = re.compile(r"\\|\$(?!\d)|\^|[{}]")

SCRAPS = r"""\ { } $ ^ _ % ~ ` ' " \textbf{ \frac{ \href{ \sqrt \input \( \begin{a} \verb \url{ \cite{ times circ alpha 2 n é"""

scraps = st.lists(st.sampled_from([*SCRAPS.split(), " ", "https://a.org"]), max_size=60).map("".join)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"a \textbf{bold \emph{claim}} of 5\%", "a bold claim of 5%"),
        (
            r"see \url{https://a.org/b_c} or \href{https://a.org}{our page}",
            "see https://a.org/b_c or our page",
        ),
        (r"\href{https://a.org}{\texttt{a.org}}", "a.org"),
        (r"https://a.org/x{our code}", "our code"),
        (r"\footnote{as \emph{such}} {\em so} {\bf be}", "as such so be"),
        (r"\textcolor{red}{Warning}: \color{red}none", "Warning: none"),
        (r"R\&D \_ \# \{0, 1\}", "R&D _ # {0, 1}"),
        (r"a\\b", "a b"),
        (r"as in \cite{a,b} once\, more", "as in  once more"),
    ],
)
def test_commands_leave_what_they_hold(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"$10^{-3}$ and $\mathcal{O}(n)$, $2\times$ faster", "10⁻³ and O(n), 2× faster"),
        (r"O(n^2), S$^2$R, A^2Bench, $5.6^\circ$ and 360^{circ}", "O(n²), S²R, A²Bench, 5.6° and 360°"),
        (r"$\alpha$-regularised, $\Delta$4.1\%, $\leq$7", "α-regularised, Δ4.1%, ≤7"),
        (r"$(1+2\beta)^{-N/2}$ and $T^{KL}$", "(1+2β)^(-N/2) and T^KL"),
        (r"$L_1$, L_2 norm, x_{10}, p_{gen}", "L₁, L₂ norm, x₁₀, p_gen"),
        (r"\( O(\log n) \)", " O(log n) "),
        (r"$\frac{1}{2}$ of $\sqrt{n}$", "1/2 of √(n)"),
        (r"$\textbf{Very}~(\textbf{H$^{\mathbf{3}}$DP})$", "Very (H³DP)"),
        (r"A^* search, a mask of {-1, 0, 1}", "A* search, a mask of {-1, 0, 1}"),
    ],
)
def test_formulas_are_written_with_unicode_where_it_has_the_signs(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"na\"{\i}ve, Pok\'emon, It\^o, T\"ULU, \v{S}", "naïve, Pokémon, Itô, TÜLU, Š"),
        ("``so'' --- they say -- it is", "“so” — they say – it is"),
        (r"Mamba~2 of~\cite{x}", "Mamba 2 of "),
        (r"(\eg, one, \ie two)", "(e.g., one, i.e. two)"),
    ],
)
def test_accents_quotation_marks_and_ties_are_written_out(written: str, shown: str) -> None:
    assert plain(written) == shown


@pytest.mark.parametrize(
    "prose",
    [
        "costs $5 to $10 a day, $534,700 or just $0.005",
        "90% of 5 % # & nothing is a comment",
        "~130K images, 12~20%",
        "the first 8 times, many times",
        "a snake_case name and https://a.org/b_c_d",
    ],
)
def test_prose_is_left_alone(prose: str) -> None:
    assert plain(prose) == prose


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("% First, 5 % of it % and 6% more", "First, 5 % of it and 6% more"),
        ("2.4times faster, 256times256, 512 times 512, 7{times}", "2.4× faster, 256×256, 512×512, 7×"),
        ("{sim}11%, 360{\\deg}, textbf{Dual}", "~11%, 360°, Dual"),
    ],
)
def test_what_a_source_left_behind_is_read_all_the_same(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_a_command_that_nobody_knows_leaves_its_name() -> None:
    assert plain(r"\omniedit, {\name} and \tool{} are \ours.") == "omniedit, name and tool are ours."


@given(scraps | st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert len(plain(text)) <= 2 * len(text)


@pytest.mark.parametrize(
    "scrap", ["{", "}", "\\textbf{", "$a ", "\\(", "\\frac{", "\\", "^", "\\item[", "\\verb", '\\"']
)
def test_a_scrap_that_never_closes_is_read_as_often_as_it_comes(scrap: str) -> None:
    assert plain(scrap * (20_000 // len(scrap))) is not None


def test_recorded_abstracts_keep_hardly_any_trace(shared_data: Path) -> None:
    lines = (shared_data / "abstracts.jsonl").read_text(encoding="utf-8").splitlines()
    shown = [plain(json.loads(line)["abstract"]) for line in lines]
    assert sum(bool(TRACE.search(text)) for text in shown) <= 0.008 * len(shown)
