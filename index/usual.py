"""Questions about anything at all, to tell what an exchange has in common with every question.

A long and general answer comes near to whatever is asked. How near it comes to these, on average,
is taken off its closeness, so that it stands above others for what it says of the question alone.
"""

# Of many subjects, so that none weighs; in the languages in which people ask.
USUAL_QUESTIONS = (
    "Hoe lang moet een ei koken?",
    "Waar kan ik mijn oude verf inleveren?",
    "Wanneer bloeien de tulpen?",
    "Waarom is de brug afgesloten?",
    "Mag een huurder de muren verven?",
    "Wat doet een wethouder?",
    "How do I renew my passport?",
    "What causes noise on old vinyl records?",
    "How much tax does a baker pay?",
    "Welche Milch ist am gesündesten?",
    "Warum streiken die Ärzte?",
    "Comment soigner un rosier malade ?",
    "Combien coûte une place à la crèche ?",
)
