"""The page in Dutch."""

from __future__ import annotations

from index.strength import Strength
from pipeline.models import Kind
from ui.address import Order
from ui.dutch_keeper import DOCUMENTS, HEALTH, KEEPER
from ui.texts import (
    CardTexts,
    DocumentTexts,
    FilterTexts,
    Plural,
    Problem,
    SearchTexts,
    SourceTexts,
    Texts,
)

# What Streamlit's widgets say, word for word, and what they are to say.
WIDGETS = {
    "Skip to main content": "Naar de inhoud",
    "Clear entry": "Wis dit veld",
    "Clear all": "Wis alles",
    "Selected values": "Gekozen",
    "Open": "Openen",
    "Close": "Sluiten",
    "No results": "Niets gevonden",
    "Copy to clipboard": "Kopieer naar het klembord",
    "Copied": "Gekopieerd",
    "Upload": "Kies bestanden of sleep ze hierheen",
    "file upload": "Bestanden om toe te voegen",
    "Add files": "Kies meer bestanden",
    "Remove": "Verwijder",
    "Fullscreen": "Volledig scherm",
    "Close fullscreen": "Sluit volledig scherm",
}

DUTCH = Texts(
    language="nl",
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    day="{day} {month} {year}",
    adopted="vastgesteld {date}",
    asked="gevraagd {date}",
    kinds={
        Kind.SCHRIFTELIJK_OVERLEG: "Schriftelijk overleg",
        Kind.KAMERVRAGEN: "Kamervragen",
        Kind.LIJST_VAN_VRAGEN: "Lijst van vragen en antwoorden",
        Kind.NOTA: "Nota naar aanleiding van het verslag",
        Kind.BRIEF: "Brief",
        Kind.OTHER: "Ander document",
    },
    search=SearchTexts(
        title="Zoeken",
        heading="Wat antwoordde het kabinet?",
        introduction="Vind antwoorden van het kabinet aan de Tweede Kamer, woordelijk en met bron. "
        "Vraag in het Nederlands, Engels, Duits of Frans.",
        label="Wat wilt u weten?",
        hint="Stel uw vraag in eigen woorden",
        button="Zoeken",
        examples="Bijvoorbeeld",
        empty_index="Er zijn nog geen documenten om in te zoeken.",
        to_documents="Documenten toevoegen",
        found=Plural("{n} antwoord", "{n} antwoorden"),
        nothing="Niets gevonden dat dit beantwoordt",
        found_grouped=Plural("{n} antwoord, per document", "{n} antwoorden, per document"),
        found_most=Plural("Het best passende antwoord", "De {n} best passende antwoorden"),
        found_most_grouped=Plural(
            "Het best passende antwoord, per document",
            "De {n} best passende antwoorden, per document",
        ),
        nothing_hint="Probeer het met andere woorden, of met een kortere vraag.",
        related="Misschien verwant: {found}",
        nothing_chosen="Geen van de best passende antwoorden voldoet aan deze filters.",
        wider="Toon ook minder passende antwoorden binnen deze filters",
        narrower="Toon alleen de best passende antwoorden",
        previous="Vorige",
        next="Volgende",
        page_of="Bladzijde {number} van {pages}",
        group_of=Plural("{n} antwoord uit dit document", "{n} antwoorden uit dit document"),
        export_csv="Download als CSV",
        export_json="Download als JSON",
    ),
    filters=FilterTexts(
        title="Filters",
        title_active=Plural("Filters ({n} gekozen)", "Filters ({n} gekozen)"),
        traits={
            "soort": "Soort document",
            "fractie": "Fractie",
            "bewindspersoon": "Beantwoord door",
            "jaar": "Jaar",
            "document": "Document",
        },
        option="{value} ({n})",
        choose="Alle",
        clear="Wis filters",
        order="Sorteer op",
        orders={
            Order.RELEVANCE: "Best passend",
            Order.NEWEST: "Nieuwste",
            Order.OLDEST: "Oudste",
        },
        grouped="Per document",
    ),
    card=CardTexts(
        question=Plural("Vraag", "Vragen"),
        questions_by="van {party}",
        read_question="Toon de hele vraag",
        answer_by="Antwoord van {respondent}",
        cabinet="het kabinet",
        office="de {office}",
        answer="Antwoord",
        respondent_unknown="Antwoord",
        unanswered="Nog niet beantwoord",
        asked_by="Gesteld door {askers}",
        page="blz. {first}",
        pages="blz. {first}–{last}",
        footnote="Voetnoot {label}",
        footnotes="Voetnoten",
        citations="Verwijzingen",
        malformed="de verwijzing is onvolledig",
        refers_to=Plural("Verwijst naar antwoord {numbers}", "Verwijst naar antwoorden {numbers}"),
        read_more="Lees het hele antwoord",
        read_less="Toon minder",
        permalink="Link naar dit antwoord",
        new_window="opent in een nieuw venster",
        cite="Citeer",
        cite_plain="Als tekst",
        cite_bibtex="Als BibTeX",
        fits_question="Past bij uw vraag:",
        strengths={Strength.STRONG: "sterk", Strength.FAIR: "redelijk", Strength.WEAK: "zwak"},
        strengths_title="Wat betekenen sterk, redelijk en zwak?",
        strengths_meaning={
            Strength.STRONG: "dit antwoord gaat vrijwel zeker over uw vraag",
            Strength.FAIR: "dit antwoord gaat waarschijnlijk over uw vraag; lees het na",
            Strength.WEAK: "dit antwoord gaat misschien over iets anders",
        },
        strengths_marks="Zinnen die het best bij uw vraag passen zijn gemarkeerd en onderstreept. "
        "Woord en markering zijn door een computer geschat; de tekst is die van het kabinet.",
        mark_begins="begin markering",
        mark_ends="einde markering",
        marks_further_on="de best passende zin staat verderop",
    ),
    source=SourceTexts(
        open="Bekijk in het document",
        title="Bron",
        page_of="Bladzijde {number} van {pages}",
        previous="Vorige bladzijde",
        next="Volgende bladzijde",
        download="Download het document",
        picture="Bladzijde {number} van het document",
        marked="Het antwoord is op deze bladzijde gemarkeerd.",
        unmarked="Het antwoord staat niet op deze bladzijde.",
        not_drawn="Deze bladzijde kan niet worden getekend; dit is haar tekst.",
    ),
    document=DocumentTexts(
        open="Hele document",
        title="Document",
        back="Terug naar zoeken",
        contents="Inhoud",
        no_party="Zonder fractie",
        remarks="Opmerkingen zonder antwoord",
        remark_of="Opmerking van {party}",
        remark="Opmerking",
        details="Over dit document",
        fields={
            "kind": "Soort",
            "official_id": "Kenmerk",
            "dossier": "Dossier",
            "case_number": "Zaaknummer",
            "committee": "Commissie",
            "ministers": "Bewindspersonen",
            "askers": "Vragenstellers",
            "asked_on": "Gevraagd op",
            "answered_on": "Beantwoord op",
            "adopted_on": "Vastgesteld op",
            "name": "Bestand",
            "pages": "Bladzijden",
            "evidence": "Herkend aan",
            "warnings": "Waarschuwingen",
        },
        fits="Past bij uw vraag",
        none_given="Er is geen document gekozen.",
        unanswered=Plural("{n} vraag, nog niet beantwoord", "{n} vragen, nog niet beantwoord"),
    ),
    documents=DOCUMENTS,
    keeper=KEEPER,
    health=HEALTH,
    other_language="English",
    unexpected=Problem(
        "Er ging iets mis", "Probeer het opnieuw; de beheerder vindt de oorzaak in het logboek"
    ),
    problems={
        "UnknownFormat": Problem(
            "Dit is geen document dat hier gelezen kan worden",
            "Voeg het toe als PDF, Word, ODT, HTML, XML of platte tekst",
        ),
        "BrokenDocument": Problem(
            "Het bestand is beschadigd",
            "Download het opnieuw, of open het en sla het opnieuw op",
        ),
        "EncryptedDocument": Problem(
            "Het bestand is versleuteld", "Sla het eerst op zonder wachtwoord"
        ),
        "TextlessDocument": Problem(
            "Er staat geen tekst in, misschien is het een scan",
            "Laat er eerst tekstherkenning (OCR) op los",
        ),
        "EmptyDocument": Problem("Het bestand is leeg", "Download het opnieuw"),
        "OversizedDocument": Problem(
            "Het bestand is groter dan is toegestaan", "Splits het, of verhoog de grens"
        ),
        "CostlyDocument": Problem(
            "Het kost te veel tijd of geheugen om dit bestand te lezen",
            "Open het en sla het opnieuw op, of splits het",
        ),
        "UnreadableDocument": Problem(
            "Het bestand kan niet worden gelezen", "Ga na of het het juiste bestand is"
        ),
        "ModelUnavailable": Problem(
            "Het taalmodel kan niet worden geladen", "De beheerder vindt de oorzaak in het logboek"
        ),
        "ModelMismatch": Problem(
            "De index is met een ander taalmodel gemaakt",
            "Zet het vorige model terug, of voer `kamerantwoord rebuild` uit",
        ),
        "IndexFailure": Problem(
            "De index laat dit nu niet toe", "De beheerder vindt de oorzaak in het logboek"
        ),
        "IndexLocked": Problem(
            "Iemand anders werkt nu aan de index", "Wacht tot dat klaar is en probeer het opnieuw"
        ),
        "IndexDamaged": Problem(
            "De index is beschadigd", "De beheerder kan een reservekopie terugzetten"
        ),
        "IndexUnwritable": Problem(
            "In de gegevensmap kan niet worden geschreven",
            "De beheerder kan ruimte maken of schrijfrechten geven",
        ),
        "ServerUnwritable": Problem(
            "Op de databankserver kan niet worden geschreven", "De beheerder kan daar ruimte maken"
        ),
        "ServerFailure": Problem(
            "De databankserver is niet bereikbaar",
            "Probeer het straks opnieuw; de beheerder vindt de oorzaak in het logboek",
        ),
        "NewerIndex": Problem(
            "De index is met een latere versie van Kamerantwoord gemaakt",
            "De beheerder kan Kamerantwoord bijwerken",
        ),
        "ContradictoryDocument": Problem(
            "Wat van dit document begrepen is, spreekt zichzelf tegen",
            "Meld dit document aan de makers van Kamerantwoord",
        ),
        "UnknownDocument": Problem(
            "Dit document is er niet (meer)", "Zoek het op in de lijst van documenten"
        ),
        "UnknownAnswer": Problem(
            "Dit antwoord is er niet (meer)", "Stel uw vraag hierboven om het te zoeken"
        ),
        "BadSettings": Problem(
            "Een instelling klopt niet", "De beheerder vindt de oorzaak in het logboek"
        ),
    },
)
