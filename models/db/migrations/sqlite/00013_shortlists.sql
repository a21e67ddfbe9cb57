-- +goose Up
-- A brand's lists of creators, which all its members share. name_key is the
-- name by which two lists of a brand are told apart, whatever their case.
CREATE TABLE shortlists (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
	name_key TEXT NOT NULL CHECK (name_key <> ''),
	created_by INTEGER NOT NULL REFERENCES people(id),
	created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL,
	UNIQUE (brand_id, name_key)
);

-- A creator on a list. The row stays when the creator is no longer listed; it is
-- deleted with a profile that is deleted altogether, because nobody claimed it.
CREATE TABLE shortlist_items (
	id INTEGER PRIMARY KEY,
	shortlist_id INTEGER NOT NULL REFERENCES shortlists(id) ON DELETE CASCADE,
	creator_id INTEGER NOT NULL REFERENCES creators(id) ON DELETE CASCADE,
	note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
	added_by INTEGER NOT NULL REFERENCES people(id),
	added_at TIMESTAMP NOT NULL,
	UNIQUE (shortlist_id, creator_id)
);
CREATE INDEX shortlist_items_creator ON shortlist_items(creator_id);

-- A few words that a brand puts on a creator of a list, in its own order.
CREATE TABLE shortlist_labels (
	item_id INTEGER NOT NULL REFERENCES shortlist_items(id) ON DELETE CASCADE,
	position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 10),
	label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 30),
	PRIMARY KEY (item_id, position)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE shortlist_labels;
DROP TABLE shortlist_items;
DROP TABLE shortlists;
