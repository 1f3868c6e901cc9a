"""What a keeper reads, in English: adding and removing documents, passwords and health."""

from __future__ import annotations

from index.models import Outcome
from ui.texts import DocumentsTexts, HealthTexts, KeeperTexts, Plural, Problem

DOCUMENTS = DocumentsTexts(
    title="Documents",
    introduction="Add documents of the House of Representatives. Each file is read, "
    "divided into questions and answers, and made searchable.",
    choose="Choose files",
    choose_hint="PDF, Word, ODT, HTML, XML or text, at most {megabytes} MB each. "
    "What turns red above is too large and is left out.",
    add="Add",
    nothing_chosen="Choose one or more files first.",
    progress="{done} of {total} files done",
    waiting="waits for its turn",
    stages={
        "read": "being read",
        "parse": "questions and answers are being recognised",
        "embed": "being made searchable",
        "keep": "being kept",
    },
    stage_of="{stage}, {done} of {total}",
    report="Report",
    clear_report="Clear the report",
    outcomes={
        Outcome.INDEXED: "Added",
        Outcome.UNCHANGED: "Was there already, unchanged",
        Outcome.REPLACED: "Replaced by this version",
        Outcome.DUPLICATE: "A duplicate, there already under another name",
        Outcome.FAILED: "Not added",
    },
    answers=Plural("{n} answer", "{n} answers"),
    questions=Plural("{n} question", "{n} questions"),
    footnotes=Plural("{n} footnote", "{n} footnotes"),
    remarks=Plural("{n} remark without an answer", "{n} remarks without an answer"),
    warnings=Plural("{n} warning", "{n} warnings"),
    pages=Plural("{n} page", "{n} pages"),
    collection=Plural("{n} document", "{n} documents"),
    collection_empty="There are no documents yet.",
    remove="Remove",
    remove_title="Remove this document?",
    remove_confirm="This document and its answers can then no longer be found:",
    remove_yes="Yes, remove",
    remove_no="No, keep",
    removed="Removed.",
    retry="Try again",
    find="Find a document",
    find_hint="Title or file name",
    not_found="No document has these words in its title or file name.",
    too_many="Choose at most {n} files at a time.",
    time_left="about {time} left",
    minutes=Plural("{n} minute", "{n} minutes"),
    seconds=Plural("{n} second", "{n} seconds"),
)

KEEPER = KeeperTexts(
    introduction="This is where the keeper adds and removes documents.",
    field="Password",
    enter="Log in",
    wrong="This password is not right.",
    wait=Plural(
        "Too many attempts. Try again in {n} second.",
        "Too many attempts. Try again in {n} seconds.",
    ),
    elsewhere=Problem(
        "This page opens only on the computer that Kamerantwoord runs on",
        "Its keeper can set a password to get in from elsewhere",
    ),
    log_in="Log in with your account",
    log_in_with="Log in with {provider}",
    logged_in_as="Logged in as",
    refusals={
        "nobody_listed": Problem(
            "Nobody has been appointed to keep the documents yet",
            "Set KAMERANTWOORD_KEEPERS to the e-mail addresses of the keepers, separated by "
            "commas, and restart Kamerantwoord",
        ),
        "unlisted": Problem(
            "With this account you can search, but not keep the documents",
            "Log in with another account, or ask the administrator to add your e-mail address",
        ),
        "unverified": Problem(
            "The e-mail address of this account has not been verified",
            "Verify it with the service you log in with, and log in again",
        ),
    },
    bad_accounts=Problem(
        "Logging in fails, because the login service is not set up correctly",
        "The administrator will find the cause in the log",
    ),
    leave="Log out",
)

HEALTH = HealthTexts(
    title="Health of the index",
    numbers={
        "documents": "Documents",
        "answers": "Answers",
        "unanswered": "Questions without answer",
        "passages": "Passages",
        "remarks": "Remarks",
        "generation": "Changes so far",
        "database": "Database",
        "originals": "Documents as they came",
        "cache": "Files that can be rebuilt",
    },
    sound="No defects were found.",
    unsound="Defects were found.",
    check="Check the index",
    rebuild="Make everything searchable anew",
    rebuilding="{done} of {total} answers",
    rebuilt=Plural("{n} answer done anew", "{n} answers done anew"),
    by_party="Answers by party",
    by_month="Answers by month",
    others="Others",
)
