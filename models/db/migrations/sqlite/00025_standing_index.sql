-- +goose Up
-- Searches sort by standing in memory; nothing reads the index, which imports had to keep.
DROP INDEX listings_by_standing;

-- +goose Down
CREATE INDEX listings_by_standing ON listings(standing, creator_id);
