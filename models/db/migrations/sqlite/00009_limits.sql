-- +goose Up
-- How often something was done within the window that ends_at closes. key is a
-- keyed hash of whom it counts for, such as an address or a person.
CREATE TABLE limits (
	name TEXT NOT NULL CHECK (name <> ''),
	key TEXT NOT NULL,
	used INTEGER NOT NULL CHECK (used > 0),
	ends_at TIMESTAMP NOT NULL,
	PRIMARY KEY (name, key)
);
CREATE INDEX limits_ends ON limits(ends_at);

-- Why a person was sent to a provider, and who it was if they were signed in:
-- only they may come back and add a sign-in method, or prove who they are.
ALTER TABLE oauth_states ADD COLUMN purpose TEXT NOT NULL DEFAULT 'sign_in' CHECK (purpose IN ('sign_in', 'connect', 'confirm'));
ALTER TABLE oauth_states ADD COLUMN person_id INTEGER REFERENCES people(id);

-- +goose Down
DELETE FROM oauth_states;
ALTER TABLE oauth_states DROP COLUMN person_id;
ALTER TABLE oauth_states DROP COLUMN purpose;
DROP TABLE limits;
