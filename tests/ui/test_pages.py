"""The states of the pages, without a browser and with an embedder that hashes words."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from inspect import unwrap
from pathlib import Path

import pytest
import streamlit as st
from filelock import FileLock
from pydantic import SecretStr
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from index import locking
from tests.hashing_embedder import HashingEmbedder
from tests.ui.examples import HOSTILE
from tests.ui.papers import BEES
from ui import keeper, resources
from ui.languages import TEXTS
from ui.login import make_pass

APP = str(Path(__file__).parents[2] / "app.py")
BUSY = 20.0  # seconds for a page to be run on a machine that does other things


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("KAMERANTWOORD_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(resources, "load_embedder", lambda _settings: HashingEmbedder())
    # Here no browser is connected that could be at any machine.
    monkeypatch.setattr(keeper, "is_at_this_machine", lambda: True)
    monkeypatch.setattr(keeper, "shown_pass", lambda: "")
    st.cache_resource.clear()
    yield tmp_path / "data"
    st.cache_resource.clear()


@pytest.fixture
def filled(data: Path, bridges: Path) -> Path:
    return shutil.copytree(bridges, data)


def visit(path: str = "", **params: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=BUSY)
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    if path:
        page._page_hash = calc_hash(path)  # `switch_page` knows pages that are files only
        page.run()
    assert not page.exception
    return page


def text_of(page: AppTest) -> str:
    bodies = [element.proto.body for element in page.get("html")]
    return "\n".join(body for body in bodies if not body.startswith("<style>"))


@pytest.mark.usefixtures("data")
def test_empty_index_says_so_and_points_to_the_documents() -> None:
    page = visit()
    assert "Er zijn nog geen documenten" in text_of(page)
    assert "Er zijn nog geen documenten" in text_of(visit(vraag="Wie draagt de kosten?"))
    assert [link.proto.label for link in page.get("page_link")][-1] == "Documenten toevoegen"


@pytest.mark.usefixtures("filled")
def test_question_in_the_address_is_asked() -> None:
    page = visit(vraag="Krijgen fietsers een pont tijdens de werkzaamheden?")
    assert page.text_input[0].value == "Krijgen fietsers een pont tijdens de werkzaamheden?"
    assert "gratis gebruikmaken van een pont" in text_of(page)


@pytest.mark.usefixtures("filled")
def test_question_in_the_field_goes_to_the_address() -> None:
    page = visit()
    page.text_input[0].set_value("Wie draagt de kosten?")
    page.button[0].click().run()
    assert page.query_params["vraag"] == "Wie draagt de kosten?"
    assert "Mobiliteitsfonds" in text_of(page)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("question", ["", "   ", "?", HOSTILE, "x" * 50_000, "\x00", "🏛"])
def test_any_question_leaves_the_page_whole(question: str) -> None:
    page = visit(vraag=question)
    assert page.text_input[0].label == "Wat wilt u weten?"


@pytest.mark.usefixtures("filled")
def test_answer_by_its_id() -> None:
    page = visit(answer="verslag-bruggen.4")
    assert "Verwijst naar antwoord 2" in text_of(page)
    assert "Mobiliteitsfonds" in text_of(page)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("answer", ["verslag-bruggen.99", "x", HOSTILE, "../../etc/passwd"])
def test_answer_that_is_not_there_is_explained_without_a_trace(answer: str) -> None:
    text = text_of(visit(answer=answer))
    assert "Dit antwoord is er niet (meer)" in text
    assert "Traceback" not in text
    assert "/" not in text.split('role="alert"')[1].replace("</", "")


def test_index_of_another_model_is_explained(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "load_embedder", lambda _: HashingEmbedder(name="other"))
    text = text_of(visit(vraag="Wie draagt de kosten?"))
    assert "De index is met een ander taalmodel gemaakt" in text
    assert str(filled) not in text


def test_what_nobody_expected_is_told_in_the_language_of_the_page() -> None:
    def fail() -> None:
        from ui.problems import show_unexpected  # noqa: PLC0415  (a script stands by itself)

        show_unexpected(ValueError("/een/pad/op/deze/machine"))

    page = AppTest.from_function(fail, default_timeout=BUSY)
    page.query_params["taal"] = "en"
    page.run()
    assert TEXTS["en"].unexpected.what in text_of(page)
    assert "/een/pad" not in text_of(page)


@pytest.mark.usefixtures("data")
def test_bad_setting_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAMERANTWOORD_TYPO", "geheim")
    text = text_of(visit(vraag="Wie draagt de kosten?"))
    assert "Een instelling klopt niet" in text
    assert "geheim" not in text


def wait_for_uploads() -> None:
    worker = resources.uploads()._worker
    if worker:
        worker.join(BUSY)


@pytest.mark.usefixtures("data")
def test_reports_say_what_was_understood_or_why_not() -> None:
    resources.uploads().add([("bijen.txt", BEES.encode()), ("leeg.pdf", b""), ("x.bin", b"\x00")])
    wait_for_uploads()
    text = text_of(visit("documenten"))
    assert "3 van 3 bestanden klaar" in text
    assert "1 antwoord" in text
    assert "Het bestand is leeg. Download het opnieuw." in text
    assert "Dit is geen document dat hier gelezen kan worden" in text


def test_lock_of_another_is_told_and_nothing_is_lost(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unwrap(locking.writer_lock), "__defaults__", (0.1,))
    with FileLock(filled / locking.LOCK_NAME):
        resources.uploads().add([("bijen.txt", BEES.encode()), ("leeg.txt", b"")])
        wait_for_uploads()
        page = visit("documenten")
        assert text_of(page).count("Iemand anders werkt nu aan de index") == 2
    next(button for button in page.button if button.label == "Opnieuw proberen").click().run()
    wait_for_uploads()
    assert "2 van 2 bestanden klaar" in text_of(visit("documenten"))


@pytest.mark.usefixtures("filled")
def test_removal_asks_for_confirmation_naming_the_document() -> None:
    page = visit("documenten")
    next(button for button in page.button if button.label == "Verwijderen").click().run()
    assert text_of(page).count("Verslag van een schriftelijk overleg over het onderhoud") == 2
    assert {"Ja, verwijderen", "Nee, behouden"} <= {button.label for button in page.button}


def test_keeper_comes_in_with_the_password_and_not_without(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERANTWOORD_ADMIN_PASSWORD", "Zeedijk-1953")
    page = visit("documenten")
    assert str(filled) not in text_of(page)
    assert 'type="password"' in text_of(page)
    assert "Verslag van een schriftelijk overleg" not in text_of(page)
    monkeypatch.setattr(keeper, "shown_pass", lambda: make_pass(SecretStr("zeedijk-1953")))
    assert "Verslag van een schriftelijk overleg" not in text_of(visit("documenten"))
    monkeypatch.setattr(keeper, "shown_pass", lambda: make_pass(SecretStr("Zeedijk-1953")))
    assert "Verslag van een schriftelijk overleg" in text_of(visit("documenten"))


@pytest.mark.usefixtures("filled")
def test_english_page_leaves_documents_in_their_own_language() -> None:
    page = visit(vraag="Krijgen fietsers een pont tijdens de werkzaamheden?", taal="en")
    assert page.text_input[0].label == "What would you like to know?"
    assert "gratis gebruikmaken van een pont" in text_of(page)
    assert "Answer by the cabinet" in text_of(page)


@pytest.mark.usefixtures("filled")
def test_filters_say_how_many_answers_they_leave_and_write_the_address() -> None:
    page = visit(vraag="Krijgen fietsers een pont tijdens de werkzaamheden?")
    [parties] = [group for group in page.pills if group.label == "Fractie"]
    assert parties.options == [r"CDA \(2\)", r"VVD \(2\)"]
    parties.set_value(["VVD"]).run()
    assert page.query_params["fractie"] == "VVD"
    assert "2 antwoorden" in text_of(page)
    assert "gratis gebruikmaken" not in text_of(page)


@pytest.mark.usefixtures("filled")
def test_press_is_not_forgotten_when_the_page_runs_beneath_it() -> None:
    """What a widget is told anew takes the place of what was pressed meanwhile."""
    page = visit(vraag="Krijgen fietsers een pont?", fractie="VVD")
    page.run()
    [parties] = [group for group in page.pills if group.label == "Fractie"]
    assert parties.value == ["VVD"]
    widgets = [*page.pills, *page.segmented_control, *page.multiselect, *page.toggle]
    assert not any(widget.proto.set_value for widget in widgets)


@pytest.mark.usefixtures("filled")
def test_press_that_comes_with_the_address_before_it_keeps_what_was_chosen_first() -> None:
    question = "Krijgen fietsers een pont?"
    page = visit(vraag=question)
    [parties] = [group for group in page.pills if group.label == "Fractie"]
    parties.set_value(["VVD"]).run()
    page.query_params.clear()
    page.query_params["vraag"] = question  # the browser has not been told of the first press
    page.run()
    assert page.query_params["fractie"] == "VVD"
    page.query_params.clear()
    page.query_params["vraag"] = question
    [order] = page.segmented_control
    order.set_value("nieuwste").run()
    assert page.query_params["fractie"] == "VVD"
    assert page.query_params["volgorde"] == "nieuwste"


@pytest.mark.usefixtures("filled")
def test_choice_that_leaves_nothing_is_announced_with_a_way_on() -> None:
    page = visit(vraag="Krijgen fietsers een pont?", fractie="SGP")
    assert "Geen van de best passende antwoorden voldoet aan deze filters." in text_of(page)
    assert "Wis filters" in [button.label for button in page.button]


@pytest.mark.usefixtures("filled")
def test_document_is_shown_in_order_with_contents_and_what_fits() -> None:
    page = visit("document", document="verslag-bruggen", vraag="Krijgen fietsers een pont?")
    text = text_of(page)
    assert text.index("zeven bruggen") < text.index("Mobiliteitsfonds") < text.index("gratis")
    assert "Inhoud" in text
    assert "Past bij uw vraag" in text


@pytest.mark.usefixtures("filled")
def test_source_of_a_text_is_shown_with_the_answer_marked() -> None:
    page = visit(answer="verslag-bruggen.2", bron="verslag-bruggen.2")
    assert "<mark" in text_of(page)
    assert 'href="api/documents/verslag-bruggen/original"' in text_of(page)
