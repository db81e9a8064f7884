-- Step 2: the places and actors that the report of an article names, as the index found them, for counts; settings.

-- `shown`: 0 for a place or actor that is there only because what the report names lies in it or belongs to it.
CREATE TABLE mentions (
    document INTEGER NOT NULL REFERENCES documents (number),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    shown INTEGER NOT NULL,
    PRIMARY KEY (document, field, value)
) WITHOUT ROWID;

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
