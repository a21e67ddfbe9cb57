-- +goose Up
CREATE TABLE people (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	email TEXT UNIQUE CHECK (email = lower(email) AND email <> ''),
	email_confirmed_at TIMESTAMP,
	password_hash TEXT,
	locale TEXT NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'fr', 'nl')),
	zone TEXT NOT NULL DEFAULT 'UTC',
	created_at TIMESTAMP NOT NULL,
	last_seen_at TIMESTAMP
);

-- A way to sign in through a platform; its key is the platform's own user id.
CREATE TABLE identities (
	provider TEXT NOT NULL,
	subject TEXT NOT NULL,
	person_id INTEGER NOT NULL REFERENCES people(id),
	created_at TIMESTAMP NOT NULL,
	PRIMARY KEY (provider, subject)
);
CREATE INDEX identities_person ON identities(person_id);

-- Only the hash of a link's secret is kept. An address counts as somebody's
-- own when the link sent to it was used.
CREATE TABLE email_confirmations (
	token_hash TEXT PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people(id),
	email TEXT NOT NULL CHECK (email = lower(email) AND email <> ''),
	created_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	used_at TIMESTAMP
);
CREATE INDEX email_confirmations_person ON email_confirmations(person_id);

-- A sign-in that has begun at a platform: single use, bound to one browser.
CREATE TABLE oauth_states (
	state_hash TEXT PRIMARY KEY,
	provider TEXT NOT NULL,
	browser_hash TEXT NOT NULL,
	session TEXT NOT NULL,
	next TEXT NOT NULL,
	expires_at TIMESTAMP NOT NULL
);

CREATE TABLE sessions (
	token TEXT PRIMARY KEY,
	data BLOB NOT NULL,
	expiry TIMESTAMP NOT NULL
);
CREATE INDEX sessions_expiry ON sessions(expiry);

CREATE TABLE brands (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL CHECK (name <> ''),
	site TEXT NOT NULL DEFAULT '',
	country TEXT NOT NULL DEFAULT '',
	sells TEXT NOT NULL DEFAULT '',
	created_at TIMESTAMP NOT NULL
);

CREATE TABLE members (
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	person_id INTEGER NOT NULL REFERENCES people(id),
	role TEXT NOT NULL CHECK (role IN ('owner')),
	created_at TIMESTAMP NOT NULL,
	PRIMARY KEY (brand_id, person_id)
);
CREATE INDEX members_person ON members(person_id);

-- What was sent to whom; key names the reason, so that no job sends it twice.
CREATE TABLE mails (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES people(id),
	subject TEXT NOT NULL,
	sent_at TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE mails;
DROP TABLE members;
DROP TABLE brands;
DROP TABLE sessions;
DROP TABLE oauth_states;
DROP TABLE email_confirmations;
DROP TABLE identities;
DROP TABLE people;
