"""Fictional papers in the layout of a real one, and PDFs of them."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

OPENING = """Binnen de vaste commissie voor {topic} hebben de onderstaande fracties de behoefte \
vragen en opmerkingen voor te leggen aan de minister van {topic} over {subject}.

De op 3 februari 2025 aan de minister toegezonden vragen en opmerkingen zijn met de door de \
minister bij brief van 4 maart 2025 toegezonden antwoorden hieronder afgedrukt.

De voorzitter van de commissie,

Zonneveld

De adjunct-griffier van de commissie,

Van Buiten

I Vragen en opmerkingen vanuit de fracties"""

BRIDGES = (
    OPENING.format(topic="Infrastructuur en Waterstaat", subject="het onderhoud van bruggen")
    + """

Vragen en opmerkingen van de leden van de VVD-fractie

De leden van de VVD-fractie vragen hoeveel bruggen over de Merwestroom dit jaar worden vervangen.

1. Antwoord van het kabinet

Dit jaar worden zeven bruggen over de Merwestroom vervangen, zoals gemeld in Kamerstuk 29 385, \
nr. 98. De oudste brug dateert uit 1931.

De leden van de VVD-fractie vragen wie de kosten van die vervanging betaalt.

2. Antwoord van het kabinet

De kosten komen ten laste van het Mobiliteitsfonds; provincies betalen niet mee.

Vragen en opmerkingen van de leden van de CDA-fractie

De leden van de CDA-fractie vragen of fietsers tijdens de werkzaamheden een veerpont krijgen.

3. Antwoord van het kabinet

Ja, fietsers en voetgangers kunnen tijdens de werkzaamheden gratis gebruikmaken van een pont.

De leden van de CDA-fractie vragen of gemeenten aan de bruggen moeten meebetalen.

4. Antwoord van het kabinet

Zie het antwoord op vraag 2.
"""
)

BEES = (
    OPENING.format(topic="Landbouw, Natuur en Voedselkwaliteit", subject="de wilde bij")
    + """

Vragen en opmerkingen van de leden van de D66-fractie

De leden van de D66-fractie vragen waarom de zandbij op de heide van Oosterveld verdwijnt.

1. Antwoord van het kabinet

De zandbij verdwijnt vooral door stikstof, waardoor bloemen op de heide worden verdrongen door \
gras. Het kabinet laat daarom op Oosterveld schapen grazen.
"""
)


def a_pdf(text: str) -> bytes:
    """The text as a PDF, a paragraph for each stretch between blank lines."""
    file, style = BytesIO(), getSampleStyleSheet()["BodyText"]
    paragraphs = [Paragraph(escape(part), style) for part in text.split("\n\n")]
    SimpleDocTemplate(file, pagesize=A4, invariant=True).build(paragraphs)
    return file.getvalue()
