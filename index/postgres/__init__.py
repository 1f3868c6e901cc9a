"""The store on a PostgreSQL server with pgvector, for more than one machine.

Imported by `index/stores.py` alone, and only where the settings name a server: its libraries are an
extra (`pip install 'kamerantwoord[postgresql]'`).
"""
