-- Step 4: sentences that a translator failed on, and why, so that it doesn't meet them again in every run.
CREATE TABLE failures (
    unit INTEGER NOT NULL REFERENCES units (number),
    model_hash TEXT NOT NULL,
    code TEXT NOT NULL,
    arguments TEXT NOT NULL,
    time TEXT NOT NULL,
    PRIMARY KEY (unit, model_hash)
) WITHOUT ROWID;
CREATE INDEX failures_by_model ON failures (model_hash);
