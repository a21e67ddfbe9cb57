-- +goose Up
-- One keyed hash, by which a start knows whether its key of hashes is the one that the
-- others here were made with.
CREATE TABLE key_checks (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	digest TEXT NOT NULL
);

-- +goose Down
DROP TABLE key_checks;
