-- +goose Up
-- Pictures that people upload, each in several sizes, whose bytes are stored elsewhere
-- under storage_key.
CREATE TABLE pictures (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	creator_id INTEGER REFERENCES creators(id) ON DELETE SET NULL,
	brand_id INTEGER REFERENCES brands(id) ON DELETE SET NULL,
	use TEXT NOT NULL CHECK (use <> ''),
	place INTEGER NOT NULL DEFAULT 0 CHECK (place BETWEEN 0 AND 9),
	state TEXT NOT NULL CHECK (state <> ''),
	alt TEXT NOT NULL DEFAULT '',
	colour TEXT NOT NULL CHECK (length(colour) = 7),
	width INTEGER NOT NULL CHECK (width > 0),
	height INTEGER NOT NULL CHECK (height > 0),
	type TEXT NOT NULL CHECK (type <> ''),
	bytes INTEGER NOT NULL CHECK (bytes > 0),
	storage_key TEXT NOT NULL UNIQUE CHECK (length(storage_key) = 32),
	uploaded_by INTEGER REFERENCES people(id) ON DELETE SET NULL,
	created_at TIMESTAMP NOT NULL,
	hidden_at TIMESTAMP,
	hidden_reason TEXT NOT NULL DEFAULT '',
	CHECK (state <> 'ready' OR (creator_id IS NULL) <> (brand_id IS NULL))
);
CREATE UNIQUE INDEX pictures_of_creator ON pictures(creator_id, use, place) WHERE state = 'ready' AND creator_id IS NOT NULL;
CREATE UNIQUE INDEX pictures_of_brand ON pictures(brand_id, use, place) WHERE state = 'ready' AND brand_id IS NOT NULL;
CREATE INDEX pictures_unshown ON pictures(state) WHERE state <> 'ready';
CREATE INDEX pictures_uploaded_by ON pictures(uploaded_by);

-- +goose Down
DROP TABLE pictures;
