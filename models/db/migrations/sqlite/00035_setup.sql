-- +goose Up
-- What the first start asks for in the browser; smtp is sealed.
CREATE TABLE instance_settings (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL DEFAULT '',
	locale TEXT NOT NULL,
	mail_from TEXT NOT NULL DEFAULT '',
	smtp TEXT NOT NULL DEFAULT '',
	updated_at TIMESTAMP NOT NULL
);
-- The one link to it: a later one replaces it, and it is used once.
CREATE TABLE setup_links (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
	created_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	used_at TIMESTAMP
);

-- +goose Down
DROP TABLE setup_links;
DROP TABLE instance_settings;
