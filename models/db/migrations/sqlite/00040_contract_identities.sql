-- +goose Up
-- Who brands and creators are in contracts and invoices. All of it is sealed.
CREATE TABLE contract_identities (
	id INTEGER PRIMARY KEY,
	brand_id INTEGER UNIQUE REFERENCES brands(id),
	creator_id INTEGER UNIQUE REFERENCES creators(id),
	sealed TEXT NOT NULL CHECK (sealed <> ''),
	saved_by INTEGER NOT NULL REFERENCES people(id),
	saved_at TIMESTAMP NOT NULL,
	CHECK ((brand_id IS NULL) <> (creator_id IS NULL))
);
CREATE INDEX contract_identities_saver ON contract_identities(saved_by);

-- +goose Down
DROP TABLE contract_identities;
