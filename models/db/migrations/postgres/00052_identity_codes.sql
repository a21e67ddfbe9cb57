-- +goose Up
-- Codes mailed to a confirmed address, which prove who somebody is. Each is good once, for
-- some tries, in the session and for the purpose for which it was asked for.
CREATE TABLE identity_codes (
	person_id BIGINT NOT NULL REFERENCES people(id),
	session TEXT NOT NULL CHECK (session <> ''), -- its public id
	purpose TEXT NOT NULL, -- the page to which it leads
	digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64), -- keyed
	tries INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
	created_at TIMESTAMPTZ NOT NULL,
	expires_at TIMESTAMPTZ NOT NULL CHECK (expires_at > created_at),
	used_at TIMESTAMPTZ,
	PRIMARY KEY (person_id, session, purpose)
);
CREATE INDEX identity_codes_expiry ON identity_codes(expires_at);
-- +goose StatementBegin
CREATE FUNCTION identity_codes_used() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a code is used once' USING ERRCODE = 'check_violation'; END $$;
-- +goose StatementEnd
CREATE TRIGGER identity_codes_used BEFORE UPDATE ON identity_codes FOR EACH ROW
WHEN (OLD.used_at IS NOT NULL OR NEW.tries < OLD.tries OR NEW.digest <> OLD.digest OR NEW.expires_at <> OLD.expires_at) EXECUTE FUNCTION identity_codes_used();

-- +goose Down
DROP TABLE identity_codes;
DROP FUNCTION identity_codes_used();
