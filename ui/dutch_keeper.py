"""What a keeper reads, in Dutch: adding and removing documents, passwords and health."""

from __future__ import annotations

from index.models import Outcome
from ui.texts import DocumentsTexts, HealthTexts, KeeperTexts, Plural, Problem

DOCUMENTS = DocumentsTexts(
    title="Documenten",
    introduction="Voeg documenten van de Tweede Kamer toe. Elk bestand wordt gelezen, "
    "in vragen en antwoorden verdeeld en doorzoekbaar gemaakt.",
    choose="Kies bestanden",
    choose_hint="PDF, Word, ODT, HTML, XML of tekst, hoogstens {megabytes} MB per bestand. "
    "Wat hierboven rood wordt is te groot en blijft weg.",
    add="Toevoegen",
    nothing_chosen="Kies eerst een of meer bestanden.",
    progress="{done} van {total} bestanden klaar",
    waiting="wacht op zijn beurt",
    stages={
        "read": "wordt gelezen",
        "parse": "vragen en antwoorden worden herkend",
        "embed": "wordt doorzoekbaar gemaakt",
        "keep": "wordt bewaard",
    },
    stage_of="{stage}, {done} van {total}",
    report="Verslag",
    clear_report="Verslag wissen",
    outcomes={
        Outcome.INDEXED: "Toegevoegd",
        Outcome.UNCHANGED: "Stond er al, ongewijzigd",
        Outcome.REPLACED: "Vervangen door deze versie",
        Outcome.DUPLICATE: "Dubbel, al aanwezig onder een andere naam",
        Outcome.FAILED: "Niet toegevoegd",
    },
    answers=Plural("{n} antwoord", "{n} antwoorden"),
    questions=Plural("{n} vraag", "{n} vragen"),
    footnotes=Plural("{n} voetnoot", "{n} voetnoten"),
    remarks=Plural("{n} opmerking zonder antwoord", "{n} opmerkingen zonder antwoord"),
    warnings=Plural("{n} waarschuwing", "{n} waarschuwingen"),
    pages=Plural("{n} bladzijde", "{n} bladzijden"),
    collection=Plural("{n} document", "{n} documenten"),
    collection_empty="Er zijn nog geen documenten.",
    remove="Verwijderen",
    remove_title="Document verwijderen?",
    remove_confirm="Dit document en zijn antwoorden zijn daarna niet meer te vinden:",
    remove_yes="Ja, verwijderen",
    remove_no="Nee, behouden",
    removed="Verwijderd.",
    retry="Opnieuw proberen",
    find="Zoek een document",
    find_hint="Titel of bestandsnaam",
    not_found="Geen document heeft deze woorden in zijn titel of bestandsnaam.",
    too_many="Kies hoogstens {n} bestanden tegelijk.",
    time_left="nog ongeveer {time}",
    minutes=Plural("{n} minuut", "{n} minuten"),
    seconds=Plural("{n} seconde", "{n} seconden"),
)

KEEPER = KeeperTexts(
    introduction="Hier voegt de beheerder documenten toe en verwijdert ze.",
    field="Wachtwoord",
    enter="Inloggen",
    wrong="Dit wachtwoord klopt niet.",
    wait=Plural(
        "Te veel pogingen. Probeer het over {n} seconde opnieuw.",
        "Te veel pogingen. Probeer het over {n} seconden opnieuw.",
    ),
    elsewhere=Problem(
        "Deze pagina is alleen te openen op de computer waarop Kamerantwoord draait",
        "De beheerder kan een wachtwoord instellen om er van elders bij te kunnen",
    ),
    log_in="Inloggen met uw account",
    log_in_with="Inloggen met {provider}",
    logged_in_as="Ingelogd als",
    refusals={
        "nobody_listed": Problem(
            "Er is nog niemand aangewezen om documenten te beheren",
            "Zet in KAMERANTWOORD_KEEPERS de e-mailadressen van de beheerders, gescheiden door "
            "komma's, en start Kamerantwoord opnieuw",
        ),
        "unlisted": Problem(
            "Met dit account kunt u zoeken, maar geen documenten beheren",
            "Log in met een ander account, of vraag de beheerder om uw e-mailadres toe te voegen",
        ),
        "unverified": Problem(
            "Het e-mailadres van dit account is niet bevestigd",
            "Bevestig het bij de dienst waarmee u inlogt, en log opnieuw in",
        ),
    },
    bad_accounts=Problem(
        "Inloggen lukt nu niet, want de inlogdienst is niet goed ingesteld",
        "De beheerder vindt de oorzaak in het logboek",
    ),
    leave="Uitloggen",
)

HEALTH = HealthTexts(
    title="Toestand van de index",
    numbers={
        "documents": "Documenten",
        "answers": "Antwoorden",
        "unanswered": "Vragen zonder antwoord",
        "passages": "Passages",
        "remarks": "Opmerkingen",
        "generation": "Wijzigingen tot nu toe",
        "database": "Database",
        "originals": "Documenten zoals ze kwamen",
        "cache": "Te herbouwen bestanden",
    },
    sound="Er zijn geen gebreken gevonden.",
    unsound="Er zijn gebreken gevonden.",
    check="Controleer de index",
    rebuild="Maak alles opnieuw doorzoekbaar",
    rebuilding="{done} van {total} antwoorden",
    rebuilt=Plural("{n} antwoord opnieuw gedaan", "{n} antwoorden opnieuw gedaan"),
    by_party="Antwoorden per fractie",
    by_month="Antwoorden per maand",
    others="Overige",
)
