-- +goose Up
-- A session whose token was renewed names the one that goes on in its place, by
-- the hash of its token: requests that the browser had sent before are answered
-- in it for a few seconds.
ALTER TABLE sessions ADD COLUMN successor TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sessions DROP COLUMN successor;
