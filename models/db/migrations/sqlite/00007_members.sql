-- +goose Up
-- What a member may do. SQLite changes no CHECK, so that the table is made anew.
CREATE TABLE members_new (
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	person_id INTEGER NOT NULL REFERENCES people(id),
	role TEXT NOT NULL CHECK (role IN ('owner', 'manager', 'finance', 'viewer')),
	created_at TIMESTAMP NOT NULL,
	PRIMARY KEY (brand_id, person_id)
);
INSERT INTO members_new (brand_id, person_id, role, created_at) SELECT brand_id, person_id, role, created_at FROM members;
DROP TABLE members;
ALTER TABLE members_new RENAME TO members;
CREATE INDEX members_person ON members(person_id);

-- A brand always has an owner: the last one neither leaves nor becomes less.
-- +goose StatementBegin
CREATE TRIGGER members_owner_kept BEFORE DELETE ON members
WHEN OLD.role = 'owner' AND NOT EXISTS (SELECT 1 FROM members m WHERE m.brand_id = OLD.brand_id AND m.role = 'owner' AND m.person_id <> OLD.person_id)
BEGIN SELECT RAISE(ABORT, 'a brand always has an owner'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER members_owner_stays BEFORE UPDATE ON members
WHEN OLD.role = 'owner' AND (NEW.role <> 'owner' OR NEW.brand_id <> OLD.brand_id)
	AND NOT EXISTS (SELECT 1 FROM members m WHERE m.brand_id = OLD.brand_id AND m.role = 'owner' AND m.person_id <> OLD.person_id)
BEGIN SELECT RAISE(ABORT, 'a brand always has an owner'); END;
-- +goose StatementEnd

-- An agency is a brand that acts for others too. Business details are kept
-- normalised, '' for those that were not given.
ALTER TABLE brands ADD COLUMN kind TEXT NOT NULL DEFAULT 'brand' CHECK (kind IN ('brand', 'agency'));
ALTER TABLE brands ADD COLUMN legal_name TEXT NOT NULL DEFAULT '';
ALTER TABLE brands ADD COLUMN legal_country TEXT NOT NULL DEFAULT '';
ALTER TABLE brands ADD COLUMN postal_address TEXT NOT NULL DEFAULT '';
ALTER TABLE brands ADD COLUMN vat_number TEXT NOT NULL DEFAULT '';

-- An invitation is a link to an address; only the hash of its secret is kept.
CREATE TABLE invitations (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	email TEXT NOT NULL CHECK (email = lower(email) AND email <> ''),
	role TEXT NOT NULL CHECK (role IN ('manager', 'finance', 'viewer')),
	token_hash TEXT NOT NULL UNIQUE,
	invited_by INTEGER NOT NULL REFERENCES people(id),
	created_at TIMESTAMP NOT NULL,
	sent_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	accepted_at TIMESTAMP,
	accepted_by INTEGER REFERENCES people(id),
	cancelled_at TIMESTAMP,
	CHECK (accepted_at IS NULL OR cancelled_at IS NULL)
);
CREATE UNIQUE INDEX invitations_pending ON invitations(brand_id, email) WHERE accepted_at IS NULL AND cancelled_at IS NULL;

-- A brand lets an agency's members act for it, with at most this role. It is an
-- offer until the agency accepts; a row that ended stays.
CREATE TABLE agency_mandates (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	agency_id INTEGER NOT NULL REFERENCES brands(id),
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	role TEXT NOT NULL CHECK (role IN ('manager', 'finance', 'viewer')),
	offered_by INTEGER NOT NULL REFERENCES people(id),
	offered_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	accepted_at TIMESTAMP,
	accepted_by INTEGER REFERENCES people(id),
	ended_at TIMESTAMP,
	ended_by INTEGER REFERENCES people(id),
	CHECK (agency_id <> brand_id)
);
CREATE UNIQUE INDEX agency_mandates_standing ON agency_mandates(agency_id, brand_id) WHERE ended_at IS NULL;
CREATE INDEX agency_mandates_brand ON agency_mandates(brand_id) WHERE ended_at IS NULL;

-- A domain that a brand has shown to be its own: by a code in its DNS or on its
-- site. The code is public by its nature.
CREATE TABLE brand_domains (
	brand_id INTEGER PRIMARY KEY REFERENCES brands(id),
	domain TEXT NOT NULL CHECK (domain = lower(domain) AND domain <> ''),
	code TEXT NOT NULL CHECK (code <> ''),
	asked_by INTEGER NOT NULL REFERENCES people(id),
	asked_at TIMESTAMP NOT NULL,
	method TEXT NOT NULL DEFAULT '' CHECK (method IN ('', 'dns', 'file')),
	verified_at TIMESTAMP,
	checked_at TIMESTAMP,
	check_at TIMESTAMP,
	missed INTEGER NOT NULL DEFAULT 0 CHECK (missed >= 0),
	lost_at TIMESTAMP
);
CREATE INDEX brand_domains_due ON brand_domains(check_at) WHERE check_at IS NOT NULL;

-- +goose Down
DROP TABLE brand_domains;
DROP TABLE agency_mandates;
DROP TABLE invitations;
ALTER TABLE brands DROP COLUMN vat_number;
ALTER TABLE brands DROP COLUMN postal_address;
ALTER TABLE brands DROP COLUMN legal_country;
ALTER TABLE brands DROP COLUMN legal_name;
ALTER TABLE brands DROP COLUMN kind;
CREATE TABLE members_old (
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	person_id INTEGER NOT NULL REFERENCES people(id),
	role TEXT NOT NULL CHECK (role IN ('owner')),
	created_at TIMESTAMP NOT NULL,
	PRIMARY KEY (brand_id, person_id)
);
INSERT INTO members_old (brand_id, person_id, role, created_at) SELECT brand_id, person_id, role, created_at FROM members WHERE role = 'owner';
DROP TABLE members;
ALTER TABLE members_old RENAME TO members;
CREATE INDEX members_person ON members(person_id);
