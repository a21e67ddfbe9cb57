-- +goose Up
-- A session names its person, so that it can be listed and ended. An ended one
-- stays as a row until it would have expired: a request that began before and
-- writes it afterwards must not bring it back. Sessions from before don't say
-- whose they are, so everybody signs in once more.
DROP TABLE sessions;
CREATE TABLE sessions (
	token TEXT PRIMARY KEY,
	data BLOB NOT NULL,
	expiry TIMESTAMP NOT NULL,
	public_id TEXT NOT NULL DEFAULT '',
	person_id INTEGER REFERENCES people(id),
	way TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	agent TEXT NOT NULL DEFAULT '',
	created_at TIMESTAMP NOT NULL,
	signed_in_at TIMESTAMP,
	last_seen_at TIMESTAMP NOT NULL,
	ended_at TIMESTAMP,
	CHECK ((person_id IS NULL) = (signed_in_at IS NULL)),
	CHECK (person_id IS NULL OR (public_id <> '' AND way <> ''))
);
CREATE INDEX sessions_expiry ON sessions(expiry);
CREATE INDEX sessions_person ON sessions(person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX sessions_public_id ON sessions(public_id) WHERE public_id <> '' AND ended_at IS NULL;

-- What a second request must finish, in time and once: a sign-in that waits
-- for its second factor, and the challenges of passkeys. Only the hash of the
-- secret that the browser's session holds is kept.
CREATE TABLE sign_in_steps (
	token_hash TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('factor', 'passkey_new', 'passkey_sign_in', 'passkey_confirm')),
	person_id INTEGER REFERENCES people(id),
	way TEXT NOT NULL DEFAULT '',
	next TEXT NOT NULL DEFAULT '',
	data TEXT NOT NULL DEFAULT '',
	wrong INTEGER NOT NULL DEFAULT 0 CHECK (wrong BETWEEN 0 AND 5),
	created_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	CHECK (person_id IS NOT NULL OR kind = 'passkey_sign_in')
);
CREATE INDEX sign_in_steps_expiry ON sign_in_steps(expires_at);
CREATE INDEX sign_in_steps_person ON sign_in_steps(person_id) WHERE person_id IS NOT NULL;

CREATE TABLE password_resets (
	token_hash TEXT PRIMARY KEY,
	person_id INTEGER NOT NULL REFERENCES people(id),
	created_at TIMESTAMP NOT NULL,
	expires_at TIMESTAMP NOT NULL,
	used_at TIMESTAMP
);
CREATE INDEX password_resets_person ON password_resets(person_id);

-- Time-based one-time passwords (RFC 6238). The secret is sealed; last_step is
-- the newest time step whose code was used, and only grows.
CREATE TABLE totp_factors (
	person_id INTEGER PRIMARY KEY REFERENCES people(id),
	secret TEXT NOT NULL CHECK (secret <> ''),
	last_step INTEGER NOT NULL DEFAULT 0,
	created_at TIMESTAMP NOT NULL,
	confirmed_at TIMESTAMP
);
-- +goose StatementBegin
CREATE TRIGGER totp_factors_once BEFORE UPDATE OF last_step ON totp_factors WHEN NEW.last_step <= OLD.last_step
BEGIN SELECT RAISE(ABORT, 'a code of this time step was used'); END;
-- +goose StatementEnd

-- Ten codes for somebody whose second factor is out of reach, as keyed hashes.
CREATE TABLE recovery_codes (
	person_id INTEGER NOT NULL REFERENCES people(id),
	code_digest TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL,
	used_at TIMESTAMP,
	PRIMARY KEY (person_id, code_digest)
);
-- +goose StatementBegin
CREATE TRIGGER recovery_codes_once BEFORE UPDATE ON recovery_codes WHEN OLD.used_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'this recovery code was used'); END;
-- +goose StatementEnd

-- WebAuthn credentials; credential is the library's record, as JSON.
CREATE TABLE passkeys (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER NOT NULL REFERENCES people(id),
	name TEXT NOT NULL CHECK (name <> ''),
	credential_id TEXT NOT NULL UNIQUE CHECK (credential_id <> ''),
	credential TEXT NOT NULL,
	created_at TIMESTAMP NOT NULL,
	last_used_at TIMESTAMP
);
CREATE INDEX passkeys_person ON passkeys(person_id);

-- +goose Down
DROP TABLE passkeys;
DROP TABLE recovery_codes;
DROP TABLE totp_factors;
DROP TABLE password_resets;
DROP TABLE sign_in_steps;
DROP TABLE sessions;
CREATE TABLE sessions (
	token TEXT PRIMARY KEY,
	data BLOB NOT NULL,
	expiry TIMESTAMP NOT NULL
);
CREATE INDEX sessions_expiry ON sessions(expiry);
