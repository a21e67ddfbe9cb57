-- +goose Up
-- Searches that a brand's members come back to. known is the set of creators
-- that have fitted one since it was saved, as a roaring bitmap of their ids;
-- version counts every change of the row. next_at is when the next mail is due,
-- of alerts that have a time.
CREATE TABLE saved_searches (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	brand_id INTEGER NOT NULL REFERENCES brands(id),
	created_by INTEGER NOT NULL REFERENCES people(id),
	name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
	name_key TEXT NOT NULL CHECK (name_key <> ''),
	query TEXT NOT NULL,
	alert TEXT NOT NULL CHECK (alert IN ('off', 'instant', 'daily', 'weekly')),
	known BLOB NOT NULL,
	next_at TIMESTAMP,
	created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL,
	version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0),
	UNIQUE (brand_id, name_key),
	CHECK ((next_at IS NOT NULL) = (alert IN ('daily', 'weekly')))
);
CREATE INDEX saved_searches_person ON saved_searches(created_by);
CREATE INDEX saved_searches_alerts ON saved_searches(id) WHERE alert <> 'off';

-- Another question is another search: what is known is of this one.
-- +goose StatementBegin
CREATE TRIGGER saved_searches_query BEFORE UPDATE OF query, brand_id, created_by ON saved_searches
BEGIN SELECT RAISE(ABORT, 'what a saved search asks is fixed'); END;
-- +goose StatementEnd

-- A mail about new creators. Its link stops further ones; only the hash of its
-- secret is kept, and works when the search is gone too.
CREATE TABLE saved_search_mails (
	id INTEGER PRIMARY KEY,
	saved_search_id INTEGER REFERENCES saved_searches(id) ON DELETE SET NULL,
	person_id INTEGER NOT NULL REFERENCES people(id),
	token_hash TEXT NOT NULL UNIQUE,
	at TIMESTAMP NOT NULL
);
CREATE INDEX saved_search_mails_search ON saved_search_mails(saved_search_id);
CREATE INDEX saved_search_mails_person ON saved_search_mails(person_id);
CREATE INDEX saved_search_mails_at ON saved_search_mails(at);

-- A creator who came to fit a search after it had been saved: found_in is the
-- version of the search that found them, mailed_at when they were put into a mail.
CREATE TABLE saved_search_matches (
	saved_search_id INTEGER NOT NULL REFERENCES saved_searches(id) ON DELETE CASCADE,
	creator_id INTEGER NOT NULL REFERENCES creators(id) ON DELETE CASCADE,
	found_in INTEGER NOT NULL,
	found_at TIMESTAMP NOT NULL,
	mailed_at TIMESTAMP,
	mail_id INTEGER REFERENCES saved_search_mails(id) ON DELETE SET NULL,
	seen_at TIMESTAMP,
	PRIMARY KEY (saved_search_id, creator_id),
	CHECK (mail_id IS NULL OR mailed_at IS NOT NULL)
);
CREATE INDEX saved_search_matches_new ON saved_search_matches(saved_search_id, found_in, creator_id) WHERE seen_at IS NULL;
CREATE INDEX saved_search_matches_creator ON saved_search_matches(creator_id);
CREATE INDEX saved_search_matches_mail ON saved_search_matches(mail_id) WHERE mail_id IS NOT NULL;

-- +goose Down
DROP TABLE saved_search_matches;
DROP TABLE saved_search_mails;
DROP TABLE saved_searches;
