"""What is asked of the catalogue, in SQL.

It knows the tables, not what is made of their rows.
"""

DOCUMENT = """
SELECT d.*,
    (SELECT count(*) FROM pages p WHERE p.document_id = d.id) AS pages,
    (SELECT count(*) FROM exchanges e WHERE e.document_id = d.id) AS exchanges,
    (SELECT count(*) FROM remarks r WHERE r.document_id = d.id) AS remarks
FROM documents d
"""
EXCHANGE = "SELECT * FROM exchanges"
VECTOR = "SELECT id, vector, vector_checksum FROM passages"
EVIDENCE = """
SELECT id, exchange_id, part, length(text) AS letters, {kind} AS blob, {kind}_checksum AS checksum
FROM passages
"""
PASSAGE_OF_DOCUMENT = """
SELECT p.id FROM passages p
    JOIN exchanges e ON e.id = p.exchange_id JOIN documents d ON d.id = e.document_id
"""
PLACE_OF_PASSAGE = """
SELECT p.id, e.id AS exchange_row, e.document_id, e.position
    FROM passages p JOIN exchanges e ON e.id = p.exchange_id
"""
PLACE_OF_EXCHANGE = """
SELECT e.id, e.document_id, e.position
    FROM exchanges e JOIN documents d ON d.id = e.document_id
"""
