-- +goose Up
-- What creators can belong to, and from when on. A floor for a platform or a
-- country counts instead of the one for all; 0 asks for nothing. The number
-- itself is enough.
CREATE TABLE programmes (
	key TEXT PRIMARY KEY CHECK (key IN ('marketplace', 'affiliate', 'tips')),
	place INTEGER NOT NULL UNIQUE
);
CREATE TABLE programme_floors (
	programme TEXT NOT NULL REFERENCES programmes(key),
	platform TEXT NOT NULL DEFAULT '' CHECK (platform IN ('', 'tiktok', 'youtube', 'instagram', 'twitch')),
	country TEXT NOT NULL DEFAULT '' CHECK (country = '' OR length(country) = 2),
	followers BIGINT NOT NULL CHECK (followers BETWEEN 0 AND 1000000000),
	views_30 BIGINT NOT NULL DEFAULT 0 CHECK (views_30 BETWEEN 0 AND 1000000000000),
	posts_30 BIGINT NOT NULL DEFAULT 0 CHECK (posts_30 BETWEEN 0 AND 1000),
	min_age BIGINT NOT NULL DEFAULT 0 CHECK (min_age = 0 OR min_age BETWEEN 13 AND 99),
	PRIMARY KEY (programme, platform, country)
);
INSERT INTO programmes (key, place) VALUES ('marketplace', 1), ('affiliate', 2), ('tips', 3);
INSERT INTO programme_floors (programme, followers, views_30, posts_30, min_age) VALUES
	('marketplace', 10000, 0, 0, 18), ('affiliate', 1000, 0, 0, 18), ('tips', 1000, 1000, 0, 18);

-- The date of birth that a creator states. It answers whether they are old
-- enough, and is shown to nobody else.
CREATE TABLE creator_births (
	creator_id BIGINT PRIMARY KEY REFERENCES creators(id),
	born_on TEXT NOT NULL CHECK (length(born_on) = 10),
	declared_at TIMESTAMPTZ NOT NULL
);

-- grace_until: the account is below the floor, and stays listed until then.
-- aged: its figures have become old, as a job has found.
ALTER TABLE creator_accounts ADD COLUMN grace_until TIMESTAMPTZ;
ALTER TABLE creator_accounts ADD COLUMN aged BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX creator_accounts_grace ON creator_accounts(grace_until) WHERE grace_until IS NOT NULL;
CREATE INDEX creator_accounts_fresh ON creator_accounts(as_of) WHERE source = 'verified' AND NOT aged;

-- standing is what hits are sorted by unless somebody asks otherwise: how far
-- the figures can be trusted, in steps of 10^13, and followers within a step.
ALTER TABLE listings ADD COLUMN standing BIGINT NOT NULL DEFAULT 0;
UPDATE listings SET standing = followers + CASE WHEN (SELECT source FROM creator_accounts a WHERE a.id = listings.account_id) = 'verified' THEN 20000000000000 ELSE 0 END;
CREATE INDEX listings_by_standing ON listings(standing, creator_id);

-- Between which rates most listed accounts of a platform, tier and tribe lie:
-- the 10th and the 90th percentile, where there are enough of them.
CREATE TABLE engagement_bands (
	platform TEXT NOT NULL,
	tier TEXT NOT NULL,
	tribe TEXT NOT NULL,
	accounts BIGINT NOT NULL CHECK (accounts > 0),
	low_ppm BIGINT NOT NULL CHECK (low_ppm >= 0),
	high_ppm BIGINT NOT NULL CHECK (high_ppm >= low_ppm),
	PRIMARY KEY (platform, tier, tribe)
);

-- Parts of an account's audience, each kind by itself. as_of is a day.
CREATE TABLE audience_shares (
	account_id BIGINT NOT NULL REFERENCES creator_accounts(id),
	kind TEXT NOT NULL CHECK (kind IN ('country', 'age', 'gender')),
	key TEXT NOT NULL CHECK (key <> ''),
	ppm BIGINT NOT NULL CHECK (ppm BETWEEN 0 AND 1000000),
	source TEXT NOT NULL CHECK (source IN ('declared', 'verified')),
	as_of TEXT NOT NULL CHECK (length(as_of) = 10),
	PRIMARY KEY (account_id, kind, key)
);

-- What a creator doesn't want to be asked for.
CREATE TABLE creator_limits (
	creator_id BIGINT PRIMARY KEY REFERENCES creators(id),
	capacity BIGINT NOT NULL CHECK (capacity BETWEEN 1 AND 200)
);
CREATE TABLE creator_minimums (
	creator_id BIGINT NOT NULL REFERENCES creators(id),
	format TEXT NOT NULL CHECK (format IN ('video', 'live', 'story')),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	minor BIGINT NOT NULL CHECK (minor > 0),
	PRIMARY KEY (creator_id, format, currency)
);
CREATE TABLE creator_refusals (
	creator_id BIGINT NOT NULL REFERENCES creators(id),
	category TEXT NOT NULL CHECK (category <> ''),
	PRIMARY KEY (creator_id, category)
);
CREATE TABLE creator_absences (
	creator_id BIGINT NOT NULL REFERENCES creators(id),
	from_on TEXT NOT NULL CHECK (length(from_on) = 10),
	to_on TEXT NOT NULL CHECK (length(to_on) = 10 AND to_on >= from_on),
	PRIMARY KEY (creator_id, from_on)
);

ALTER TABLE proposals ADD COLUMN category TEXT NOT NULL DEFAULT 'other' CHECK (category <> '');

CREATE TRIGGER proposals_category BEFORE UPDATE OF category ON proposals
	FOR EACH ROW EXECUTE FUNCTION proposals_terms();
-- +goose StatementBegin
CREATE FUNCTION floor_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a programme keeps its floor for all'; END $$;
-- +goose StatementEnd
CREATE TRIGGER programme_floors_kept BEFORE DELETE ON programme_floors
	FOR EACH ROW WHEN (OLD.platform = '' AND OLD.country = '') EXECUTE FUNCTION floor_is_kept();

-- +goose Down
DROP TRIGGER proposals_category ON proposals;
DROP TRIGGER programme_floors_kept ON programme_floors;
DROP FUNCTION floor_is_kept;
ALTER TABLE proposals DROP COLUMN category;
DROP TABLE creator_absences;
DROP TABLE creator_refusals;
DROP TABLE creator_minimums;
DROP TABLE creator_limits;
DROP TABLE audience_shares;
DROP TABLE engagement_bands;
DROP INDEX listings_by_standing;
ALTER TABLE listings DROP COLUMN standing;
DROP INDEX creator_accounts_fresh;
DROP INDEX creator_accounts_grace;
ALTER TABLE creator_accounts DROP COLUMN aged;
ALTER TABLE creator_accounts DROP COLUMN grace_until;
DROP TABLE creator_births;
DROP TABLE programme_floors;
DROP TABLE programmes;
