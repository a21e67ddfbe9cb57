-- +goose Up
-- Terms that a brand keeps under a name, to begin an offer with. Their days count from
-- written_on.
CREATE TABLE terms_templates (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	brand_id INTEGER NOT NULL REFERENCES brands(id) ON DELETE CASCADE,
	name TEXT NOT NULL CHECK (name <> ''),
	name_key TEXT NOT NULL CHECK (name_key <> ''),
	terms TEXT NOT NULL CHECK (terms <> ''), -- JSON, see models/terms
	written_on TEXT NOT NULL CHECK (length(written_on) = 10),
	saved_by INTEGER NOT NULL REFERENCES people(id),
	saved_at TIMESTAMP NOT NULL,
	UNIQUE (brand_id, name_key)
);

-- +goose Down
DROP TABLE terms_templates;
