from dataclasses import replace

from tests.ui.examples import HOSTILE, a_document, a_record, an_exchange
from ui.citing import bibtex, plain_citation
from ui.dutch import DUTCH

ADDRESS = "http://127.0.0.1:8501/?answer=verslag-zeedijken.19"


def test_plain_citation_says_who_when_and_where() -> None:
    assert plain_citation(a_record(), ADDRESS, DUTCH) == (
        "De minister van Infrastructuur en Waterstaat, “Verslag over de zeedijken”, "
        f"12 maart 2024, antwoord 19, blz. 3–4, {ADDRESS}."
    )


def test_bibtex_is_an_entry() -> None:
    assert bibtex(a_record(), ADDRESS, DUTCH) == (
        "@misc{verslag-zeedijken.19,\n"
        "  author = {{de minister van Infrastructuur en Waterstaat}},\n"
        "  title = {Verslag over de zeedijken},\n"
        "  year = {2024},\n"
        "  month = {3},\n"
        "  pages = {3--4},\n"
        "  note = {Antwoord 19},\n"
        f"  url = {{{ADDRESS}}}\n"
        "}\n"
    )


def test_hostile_title_stays_inside_its_braces() -> None:
    entry = bibtex(
        a_record(document=a_document(title=HOSTILE + "}\n}, \\input{x}")), ADDRESS, DUTCH
    )
    unescaped = entry.replace("\\{", "").replace("\\}", "")
    assert unescaped.count("{") == unescaped.count("}")
    assert "\\input" not in entry
    assert entry.count("\n") == 9


def test_answer_without_date_or_respondent_leaves_them_out() -> None:
    document = a_document()
    bare = replace(document, metadata=replace(document.metadata, ministers=(), answered_on=None))
    line = plain_citation(a_record(an_exchange(), bare), ADDRESS, DUTCH)
    assert line.startswith("“Verslag over de zeedijken”, antwoord 19")
