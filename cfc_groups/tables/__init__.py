"""Table files in and out: spreadsheets and CSV that people keep, read without trust and written without harm.

Reading: :func:`cfc_groups.tables.reading.read_table`. Writing: :mod:`cfc_groups.tables.writing`.
Nothing here knows what a table is about, and nothing imports Flask or the database.
"""
