"""The page in English. What stands in documents stays in the language it was written in."""

from __future__ import annotations

from index.strength import Strength
from pipeline.models import Kind
from ui.address import Order
from ui.english_keeper import DOCUMENTS, HEALTH, KEEPER
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

ENGLISH = Texts(
    language="en",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    day="{day} {month} {year}",
    adopted="adopted {date}",
    asked="asked {date}",
    kinds={
        Kind.SCHRIFTELIJK_OVERLEG: "Written consultation",
        Kind.KAMERVRAGEN: "Parliamentary questions",
        Kind.LIJST_VAN_VRAGEN: "List of questions and answers",
        Kind.NOTA: "Memorandum following the report",
        Kind.BRIEF: "Letter",
        Kind.OTHER: "Other document",
    },
    search=SearchTexts(
        title="Search",
        heading="What did the cabinet answer?",
        introduction="Find the Dutch cabinet's answers to the House of Representatives, "
        "word for word and with their source. Ask in Dutch, English, German or French.",
        label="What would you like to know?",
        hint="Ask in your own words",
        button="Search",
        examples="For example",
        empty_index="There are no documents to search yet.",
        to_documents="Add documents",
        found=Plural("{n} answer", "{n} answers"),
        nothing="Nothing found that answers this",
        found_grouped=Plural("{n} answer, by document", "{n} answers, by document"),
        found_most=Plural("The best matching answer", "The {n} best matching answers"),
        found_most_grouped=Plural(
            "The best matching answer, by document", "The {n} best matching answers, by document"
        ),
        nothing_hint="Try other words, or a shorter question.",
        related="Perhaps related: {found}",
        nothing_chosen="None of the best matching answers meets these filters.",
        wider="Also show answers within these filters that match less well",
        narrower="Show the best matching answers only",
        previous="Previous",
        next="Next",
        page_of="Page {number} of {pages}",
        group_of=Plural("{n} answer from this document", "{n} answers from this document"),
        export_csv="Download as CSV",
        export_json="Download as JSON",
    ),
    filters=FilterTexts(
        title="Filters",
        title_active=Plural("Filters ({n} chosen)", "Filters ({n} chosen)"),
        traits={
            "soort": "Kind of document",
            "fractie": "Parliamentary party",
            "bewindspersoon": "Answered by",
            "jaar": "Year",
            "document": "Document",
        },
        option="{value} ({n})",
        choose="All",
        clear="Clear filters",
        order="Sort by",
        orders={
            Order.RELEVANCE: "Best match",
            Order.NEWEST: "Newest",
            Order.OLDEST: "Oldest",
        },
        grouped="By document",
    ),
    card=CardTexts(
        question=Plural("Question", "Questions"),
        questions_by="from {party}",
        read_question="Show the whole question",
        answer_by="Answer by {respondent}",
        cabinet="the cabinet",
        office="the {office}",
        answer="Answer",
        respondent_unknown="Answer",
        unanswered="Not answered yet",
        asked_by="Asked by {askers}",
        page="page {first}",
        pages="pages {first}–{last}",
        footnote="Footnote {label}",
        footnotes="Footnotes",
        citations="References",
        malformed="the reference is incomplete",
        refers_to=Plural("Refers to answer {numbers}", "Refers to answers {numbers}"),
        read_more="Read the whole answer",
        read_less="Show less",
        permalink="Link to this answer",
        new_window="opens in a new window",
        cite="Cite",
        cite_plain="As text",
        cite_bibtex="As BibTeX",
        fits_question="Match with your question:",
        strengths={Strength.STRONG: "strong", Strength.FAIR: "fair", Strength.WEAK: "weak"},
        strengths_title="What do strong, fair and weak mean?",
        strengths_meaning={
            Strength.STRONG: "this answer is almost certainly about your question",
            Strength.FAIR: "this answer is probably about your question; read it to be sure",
            Strength.WEAK: "this answer may be about something else",
        },
        strengths_marks="Sentences that fit your question best are marked and underlined. "
        "Word and marking are a computer's estimate; the text is the cabinet's.",
        mark_begins="marking begins",
        mark_ends="marking ends",
        marks_further_on="the sentence that fits best is further on",
    ),
    source=SourceTexts(
        open="View in the document",
        title="Source",
        page_of="Page {number} of {pages}",
        previous="Previous page",
        next="Next page",
        download="Download the document",
        picture="Page {number} of the document",
        marked="The answer is marked on this page.",
        unmarked="The answer is not on this page.",
        not_drawn="This page cannot be drawn; this is its text.",
    ),
    document=DocumentTexts(
        open="Whole document",
        title="Document",
        back="Back to search",
        contents="Contents",
        no_party="Without party",
        remarks="Remarks without an answer",
        remark_of="Remark by {party}",
        remark="Remark",
        details="About this document",
        fields={
            "kind": "Kind",
            "official_id": "Official number",
            "dossier": "Dossier",
            "case_number": "Case number",
            "committee": "Committee",
            "ministers": "Ministers",
            "askers": "Asked by",
            "asked_on": "Asked on",
            "answered_on": "Answered on",
            "adopted_on": "Adopted on",
            "name": "File",
            "pages": "Pages",
            "evidence": "Recognised by",
            "warnings": "Warnings",
        },
        fits="Fits your question",
        none_given="No document was chosen.",
        unanswered=Plural("{n} question not answered yet", "{n} questions not answered yet"),
    ),
    documents=DOCUMENTS,
    keeper=KEEPER,
    health=HEALTH,
    other_language="Nederlands",
    unexpected=Problem("Something went wrong", "Try again; the keeper finds the cause in the log"),
    problems={
        "UnknownFormat": Problem(
            "This is not a document that can be read here",
            "Add it as PDF, Word, ODT, HTML, XML or plain text",
        ),
        "BrokenDocument": Problem(
            "The file is damaged", "Download it again, or open it and save it anew"
        ),
        "EncryptedDocument": Problem("The file is encrypted", "Save it without a password first"),
        "TextlessDocument": Problem(
            "It holds no text, perhaps it is a scan", "Run text recognition (OCR) over it first"
        ),
        "EmptyDocument": Problem("The file is empty", "Download it again"),
        "OversizedDocument": Problem(
            "The file is larger than allowed", "Split it, or raise the limit"
        ),
        "CostlyDocument": Problem(
            "Reading this file takes too much time or memory",
            "Open it and save it anew, or split it",
        ),
        "UnreadableDocument": Problem(
            "The file cannot be read", "Check that it is the file you mean"
        ),
        "ModelUnavailable": Problem(
            "The language model cannot be loaded", "The keeper finds the cause in the log"
        ),
        "ModelMismatch": Problem(
            "The index was made with another language model",
            "Set the former model back, or run `kamerantwoord rebuild`",
        ),
        "IndexFailure": Problem(
            "The index does not allow this now", "The keeper finds the cause in the log"
        ),
        "IndexLocked": Problem(
            "Someone else is working on the index", "Wait until that is done, then try again"
        ),
        "IndexDamaged": Problem("The index is damaged", "The keeper can put a backup back"),
        "IndexUnwritable": Problem(
            "The data folder cannot be written to",
            "The keeper can make room or grant write access",
        ),
        "ServerUnwritable": Problem(
            "The database server cannot write", "The keeper can make room there"
        ),
        "ServerFailure": Problem(
            "The database server cannot be reached",
            "Try again in a while; the keeper finds the cause in the log",
        ),
        "NewerIndex": Problem(
            "The index was made by a later version of Kamerantwoord",
            "The keeper can upgrade Kamerantwoord",
        ),
        "ContradictoryDocument": Problem(
            "What was understood of this document contradicts itself",
            "Report this document to the makers of Kamerantwoord",
        ),
        "UnknownDocument": Problem(
            "This document is not there (any more)", "Look it up in the list of documents"
        ),
        "UnknownAnswer": Problem(
            "This answer is not there (any more)", "Ask your question above to find it"
        ),
        "BadSettings": Problem("A setting is wrong", "The keeper finds the cause in the log"),
    },
)
