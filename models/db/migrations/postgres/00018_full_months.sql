-- +goose Up
-- The months (YYYY-MM) in which nothing more can be due from a creator, by their
-- own limit, between commas: until now the present one alone was known.
ALTER TABLE listings ADD COLUMN full_months TEXT NOT NULL DEFAULT '';
UPDATE listings SET full_months = ',' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') || ',' WHERE capacity_full;
ALTER TABLE listings DROP COLUMN capacity_full;

-- +goose Down
ALTER TABLE listings ADD COLUMN capacity_full BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE listings SET capacity_full = TRUE WHERE full_months LIKE '%,' || to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM') || ',%';
ALTER TABLE listings DROP COLUMN full_months;
