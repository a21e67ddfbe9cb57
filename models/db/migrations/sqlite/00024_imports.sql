-- +goose Up
-- Files of creators that an administrator imports in the browser, with what was chosen
-- and what came of it. lease is of the job that works on it, which shows by worked_at
-- that it is alive.
CREATE TABLE imports (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES people(id),
	file_name TEXT NOT NULL CHECK (file_name <> ''),
	size INTEGER NOT NULL,
	platform TEXT NOT NULL DEFAULT '',
	as_of TEXT NOT NULL DEFAULT '' CHECK (length(as_of) IN (0, 10)),
	encoding TEXT NOT NULL DEFAULT '',
	mapping TEXT,
	preview TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state <> ''),
	dry_run BOOLEAN NOT NULL DEFAULT FALSE,
	lease TEXT NOT NULL DEFAULT '',
	attempts INTEGER NOT NULL DEFAULT 0,
	bytes_done INTEGER NOT NULL DEFAULT 0,
	bytes_total INTEGER NOT NULL DEFAULT 0,
	report TEXT NOT NULL,
	problem TEXT,
	created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL,
	worked_at TIMESTAMP,
	started_at TIMESTAMP,
	finished_at TIMESTAMP
);
CREATE INDEX imports_person ON imports(person_id);
CREATE INDEX imports_updated ON imports(updated_at);

CREATE TABLE import_chunks (
	import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
	n INTEGER NOT NULL,
	data BLOB NOT NULL,
	PRIMARY KEY (import_id, n)
);

-- What an import says of single rows, in the order in which they came up.
CREATE TABLE import_notes (
	import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
	n INTEGER NOT NULL,
	line INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind <> ''),
	message_key TEXT NOT NULL CHECK (message_key <> ''),
	args TEXT NOT NULL,
	PRIMARY KEY (import_id, n)
);
CREATE INDEX import_notes_kind ON import_notes(import_id, kind, n);

-- +goose Down
DROP TABLE import_notes;
DROP TABLE import_chunks;
DROP TABLE imports;
