"""Questions about anything at all, to tell what an exchange has in common with every question.

A long and general answer comes near to whatever is asked. How near it comes to these, on average,
is taken off its closeness, so that it stands above others for what it says of the question alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # for its type alone: importing it takes seconds
    from pipeline.embedding import Embedder

# Of many subjects, so that none weighs; in the languages in which people ask.
USUAL_QUESTIONS = (
    "Hoe lang moet een ei koken?",
    "Wie heeft de bibliotheek ontworpen?",
    "Waar kan ik mijn oude verf inleveren?",
    "Hoeveel leerlingen zitten er in een klas?",
    "Wanneer bloeien de tulpen?",
    "Wat verdient een buschauffeur?",
    "Waarom is de brug afgesloten?",
    "Welk medicijn helpt tegen hooikoorts?",
    "Mag een huurder de muren verven?",
    "Hoe groot is de kans op een overstroming?",
    "Wat doet een wethouder?",
    "Hoe werkt een warmtepomp?",
    "How do I renew my passport?",
    "Who won the match yesterday?",
    "What causes noise on old vinyl records?",
    "Are bees still in decline?",
    "How much tax does a baker pay?",
    "Wie lange dauert die Reise nach Rom?",
    "Welche Milch ist am gesündesten?",
    "Wo kann man gebrauchte Fahrräder kaufen?",
    "Warum streiken die Ärzte?",
    "Quel train va à Marseille ?",
    "Comment soigner un rosier malade ?",
    "Qui a écrit cette chanson ?",
    "Combien coûte une place à la crèche ?",
)


def usual_tokens(embedder: Embedder) -> NDArray[np.float32]:
    """The vectors of the tokens of these questions, (tokens, components)."""
    tokens = [embedder.embed_question_in_tokens(text).tokens for text in USUAL_QUESTIONS]
    return np.concatenate(tokens)
