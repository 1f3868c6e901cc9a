"""What the address bar says: every state of the page that can be shared or gone back to.

It does not know the page. Whatever an address holds that means nothing is left out in silence,
because a shared link that is half right must still work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

QUESTION = "vraag"
ANSWER = "answer"
LANGUAGE = "taal"

MAX_QUESTION = 2_000  # characters; a longer one is a document, and no model reads it whole


@dataclass(frozen=True, slots=True)
class View:
    """The state of the search page."""

    question: str = ""
    answer: str = ""

    def asking(self, question: str) -> View:
        """The view after asking something else."""
        return replace(self, question=question.strip()[:MAX_QUESTION], answer="")

    def of_answer(self, answer_id: str) -> View:
        """The view of one answer by itself."""
        return View(answer=answer_id)


def read_address(params: Mapping[str, str]) -> View:
    """The view that the parameters of an address describe."""
    return (
        View().asking(params.get(QUESTION, ""))
        if not (answer := params.get(ANSWER, "").strip())
        else View(answer=answer)
    )


def write_address(view: View) -> dict[str, str]:
    """The parameters that describe the view; what is as usual is left out."""
    params = {QUESTION: view.question, ANSWER: view.answer}
    return {key: value for key, value in params.items() if value}
