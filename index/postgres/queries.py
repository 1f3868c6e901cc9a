"""What is asked of the server, in SQL that distributed tables can answer as well.

Tables are joined by the id of the document before anything else, so that each machine joins its own.
"""

EVIDENCE = """
SELECT id, exchange_id, part, position, text, first_page, last_page, checksum,
    {kind} AS blob, {kind}_checksum AS blob_checksum
FROM passages WHERE exchange_id = ANY(%s::bigint[])
ORDER BY exchange_id, part, position
"""
RECALLED = """
SELECT id, exchange_id, part, position, text, first_page, last_page, checksum,
    vector, vector_checksum, tokens, tokens_checksum
FROM passages WHERE document_id = ANY(%s::text[])
"""
PLACE_OF_PASSAGE = """
SELECT p.id, p.exchange_id, p.part, p.position, p.text, p.first_page, p.last_page, p.checksum,
    p.document_id, e.position AS exchange_position
FROM passages p JOIN exchanges e ON e.document_id = p.document_id AND e.id = p.exchange_id
WHERE p.id = ANY(%s::bigint[])
"""
PLACE_OF_EXCHANGE = "SELECT e.id, e.document_id, e.position FROM exchanges e"
TITLE_OF_EXCHANGE = """
SELECT e.id, d.title FROM exchanges e JOIN documents d ON d.id = e.document_id
WHERE e.id = ANY(%s::bigint[])
"""
POINTING = """
SELECT p.id AS pointing, p.refers_to, t.id AS target, t.position, t.numbers,
    t.section = p.section AS section_is_same, t.position < p.position AS is_before
FROM exchanges p JOIN exchanges t ON t.document_id = p.document_id
WHERE p.id = ANY(%s::bigint[]) AND p.refers_to <> '[]' AND p.answer_letters <= %s
"""
PASSAGES_OF_DOCUMENT = """
SELECT p.*, e.key
FROM passages p JOIN exchanges e ON e.document_id = p.document_id AND e.id = p.exchange_id
WHERE p.document_id = %s ORDER BY e.position, p.part DESC, p.position
"""
CHOSEN_PASSAGES = """
FROM passages p JOIN exchanges e ON e.document_id = p.document_id AND e.id = p.exchange_id
"""
UNANSWERED = """
SELECT e.document_id, count(*) AS unanswered FROM exchanges e WHERE NOT EXISTS (
    SELECT 1 FROM passages p
    WHERE p.document_id = e.document_id AND p.exchange_id = e.id AND p.part = 'answer'
) GROUP BY e.document_id
"""
ANSWERS_BY_PARTY = """
SELECT e.party, count(*) AS answers FROM exchanges e WHERE e.party <> '' AND EXISTS (
    SELECT 1 FROM passages p
    WHERE p.document_id = e.document_id AND p.exchange_id = e.id AND p.part = 'answer'
) GROUP BY e.party
"""
