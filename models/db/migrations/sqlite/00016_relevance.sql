-- +goose Up
-- How much each part of relevance counts, in points: all rows have the version of
-- the last change.
CREATE TABLE relevance_weights (
	part TEXT PRIMARY KEY CHECK (part IN ('words', 'tribe', 'engagement', 'trust', 'price', 'response')),
	weight BIGINT NOT NULL CHECK (weight BETWEEN 0 AND 1000),
	version BIGINT NOT NULL CHECK (version >= 0)
) WITHOUT ROWID;
INSERT INTO relevance_weights (part, weight, version) VALUES
	('words', 300, 0), ('tribe', 200, 0), ('engagement', 250, 0), ('trust', 250, 0), ('price', 150, 0), ('response', 150, 0);

-- Searches count from memory.
ALTER TABLE listings DROP COLUMN bands;

-- +goose Down
ALTER TABLE listings ADD COLUMN bands BIGINT NOT NULL DEFAULT 0;
DROP TABLE relevance_weights;
