-- +goose Up
-- What administrators' lists are sorted by. Brands are few enough without.
CREATE INDEX people_name ON people(lower(name), id);
CREATE INDEX people_seen ON people(coalesce(last_seen_at, created_at), id);
CREATE INDEX creators_name ON creators(lower(name), id);
CREATE INDEX deals_agreed ON deals(agreed_at, id);

-- +goose Down
DROP INDEX deals_agreed;
DROP INDEX creators_name;
DROP INDEX people_seen;
DROP INDEX people_name;
