-- Step 3: sentences corrected by people, articles withdrawn.

-- The entry of the log by which an article is withdrawn.
ALTER TABLE documents ADD COLUMN withdrawn INTEGER REFERENCES log (number);

CREATE VIEW shown_documents AS SELECT * FROM documents WHERE withdrawn IS NULL;

-- For a correction: its entry of the log, the article it was made in, and whether it serves in that article alone.
ALTER TABLE translations ADD COLUMN entry INTEGER REFERENCES log (number);
ALTER TABLE translations ADD COLUMN document INTEGER REFERENCES documents (number);
ALTER TABLE translations ADD COLUMN here_only INTEGER NOT NULL DEFAULT 0;

DROP INDEX translations_by_people;
CREATE UNIQUE INDEX translations_by_people ON translations (unit, by, text) WHERE rank = 3 AND entry IS NULL;
CREATE UNIQUE INDEX translations_by_entry ON translations (entry) WHERE entry IS NOT NULL;

-- The latest correction made in an article of a sentence; in that article it comes before the best of its unit.
CREATE TABLE corrections (
    document INTEGER NOT NULL REFERENCES documents (number),
    unit INTEGER NOT NULL REFERENCES units (number),
    translation INTEGER NOT NULL REFERENCES translations (number),
    PRIMARY KEY (document, unit)
) WITHOUT ROWID;
