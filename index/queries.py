"""What is asked of the catalogue, in SQL.

It knows the tables, not what is made of their rows.
"""

DOCUMENT = "SELECT d.* FROM documents d"
EXCHANGE = "SELECT * FROM exchanges"
VECTOR = "SELECT id, vector, vector_checksum FROM passages"
EVIDENCE = """
SELECT id, exchange_id, part, position, text, first_page, last_page, checksum,
    {kind} AS blob, {kind}_checksum AS blob_checksum
FROM passages
"""
# From documents down: left to itself, SQLite looks up exchange and document of each passage, which
# among a million takes 700 ms where this takes 15. As one text, which is quicker than many rows.
PASSAGES_OF_DOCUMENTS = """
SELECT json_group_array(p.id) AS ids FROM documents d
    CROSS JOIN exchanges e ON e.document_id = d.id CROSS JOIN passages p ON p.exchange_id = e.id
"""
PASSAGES_OF_EXCHANGES = PASSAGES_OF_DOCUMENTS.replace(
    "CROSS JOIN", "JOIN"
)  # of those that are listed
PLACE_OF_PASSAGE = """
SELECT p.id, p.exchange_id, p.part, p.position, p.text, p.first_page, p.last_page, p.checksum,
    e.document_id, e.position AS exchange_position
FROM passages p JOIN exchanges e ON e.id = p.exchange_id
"""
PLACE_OF_EXCHANGE = """
SELECT e.id, e.document_id, e.position
    FROM exchanges e JOIN documents d ON d.id = e.document_id
"""
TITLE_OF_EXCHANGE = """
SELECT e.id, d.title FROM exchanges e JOIN documents d ON d.id = e.document_id
"""
WORD_WEIGHTS = """
SELECT rowid, -bm25(exchange_words) AS weight FROM exchange_words WHERE exchange_words MATCH ?
"""
POINTING = """
SELECT p.id AS pointing, n.value AS number, t.id AS target, t.position,
    t.section = p.section AS section_is_same, t.position < p.position AS is_before
FROM exchanges p JOIN json_each(p.refers_to) n
    JOIN exchanges t ON t.document_id = p.document_id JOIN json_each(t.numbers) m ON m.value = n.value
"""
# By the index over passages, without reading the answers.
UNANSWERED = """
SELECT e.document_id, count(*) AS unanswered FROM exchanges e WHERE NOT EXISTS (
    SELECT 1 FROM passages p WHERE p.exchange_id = e.id AND p.part = 'answer'
) GROUP BY e.document_id
"""
ANSWERS_BY_PARTY = """
SELECT e.party, count(*) AS answers FROM exchanges e WHERE e.party <> '' AND EXISTS (
    SELECT 1 FROM passages p WHERE p.exchange_id = e.id AND p.part = 'answer'
) GROUP BY e.party
"""
ANSWER_LETTERS = "(SELECT sum(length(json_extract(a.value, '$.text'))) FROM json_each(p.answer) a)"
