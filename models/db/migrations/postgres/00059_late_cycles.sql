-- +goose Up
-- By how many days the latest cycle of a repetition began late; further ones follow it month by
-- month.
ALTER TABLE repetitions ADD COLUMN late_days INTEGER NOT NULL DEFAULT 0 CHECK (late_days >= 0);

-- +goose Down
ALTER TABLE repetitions DROP COLUMN late_days;
