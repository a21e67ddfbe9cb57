-- +goose Up
-- Which work the operator has been told of, by name, with when it last did not run.
ALTER TABLE work_alerts ADD COLUMN told TEXT NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE work_alerts DROP COLUMN told;
