-- Step 1: originals, documents with their versions, blocks and sentences, translations by sentence, sources, the log.

CREATE TABLE clock (
    change INTEGER NOT NULL
);
INSERT INTO clock VALUES (0);

CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL
) WITHOUT ROWID;

-- One row per article. The columns from `title` on are what is shown: the newest version under the layers by people.
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    newest INTEGER REFERENCES versions (number) DEFERRABLE INITIALLY DEFERRED,
    revision INTEGER NOT NULL,
    origins INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    outlet TEXT,
    url TEXT,
    retrieved TEXT,
    date TEXT,
    date_value TEXT
);
CREATE INDEX documents_newest ON documents (newest);
CREATE INDEX documents_by_date ON documents (date_value DESC, number);

-- The columns from `title` on are what the page and what was declared with it say.
CREATE TABLE versions (
    number INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (number),
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals (sha256),
    encoding TEXT NOT NULL,
    media TEXT NOT NULL,
    added TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT,
    agency TEXT,
    url TEXT,
    retrieved TEXT,
    date TEXT NOT NULL,
    UNIQUE (document, version)
);
CREATE INDEX versions_by_sha256 ON versions (sha256);

CREATE TABLE blocks (
    version INTEGER NOT NULL REFERENCES versions (number),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (version, number)
) WITHOUT ROWID;

-- A distinct sentence, white space folded; one that came with a memory may stand in no document yet.
CREATE TABLE units (
    number INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,
    text TEXT NOT NULL,
    best INTEGER REFERENCES translations (number),
    best_rank INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE sentences (
    version INTEGER NOT NULL REFERENCES versions (number),
    number INTEGER NOT NULL,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    unit INTEGER NOT NULL REFERENCES units (number),
    translated INTEGER NOT NULL,
    PRIMARY KEY (version, number)
) WITHOUT ROWID;
CREATE INDEX sentences_by_unit ON sentences (unit, translated);

-- `rank`: 1 gloss, 2 machine, 3 reviewed. `glossary` is the version of the terms that shaped a machine line.
CREATE TABLE translations (
    number INTEGER PRIMARY KEY,
    unit INTEGER NOT NULL REFERENCES units (number),
    rank INTEGER NOT NULL,
    text TEXT NOT NULL,
    engine TEXT NOT NULL,
    model TEXT,
    model_hash TEXT NOT NULL DEFAULT '',
    glossary TEXT NOT NULL DEFAULT '',
    by TEXT,
    time TEXT NOT NULL,
    source TEXT,
    score REAL,
    trust TEXT NOT NULL DEFAULT '[]',
    alignment TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX translations_by_unit ON translations (unit, rank, model_hash);
CREATE UNIQUE INDEX translations_by_machine ON translations (unit, rank, model_hash, glossary) WHERE rank < 3;
CREATE UNIQUE INDEX translations_by_people ON translations (unit, by, text) WHERE rank = 3;

-- Where each item was found, the bytes last seen there, and since when. `given` is what options and sidecars said of it.
-- Each source points at an article whose newest version is those bytes.
CREATE TABLE sources (
    number INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents (number),
    sha256 TEXT NOT NULL REFERENCES originals (sha256),
    given TEXT NOT NULL DEFAULT '{}',
    seen TEXT NOT NULL
);
CREATE INDEX sources_by_document ON sources (document);

CREATE TABLE set_aside (
    source TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    arguments TEXT NOT NULL,
    message TEXT NOT NULL,
    time TEXT NOT NULL
);

-- `undone` is the entry that took this one back.
CREATE TABLE log (
    number INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    action TEXT NOT NULL,
    document INTEGER REFERENCES documents (number),
    field TEXT,
    value TEXT,
    before TEXT,
    by TEXT,
    source TEXT,
    refers INTEGER REFERENCES log (number),
    undone INTEGER REFERENCES log (number)
);
CREATE INDEX log_by_document ON log (document, action);
