-- +goose Up
-- Whether search engines are asked to leave the creator's own page out.
ALTER TABLE creators ADD COLUMN noindex BOOLEAN NOT NULL DEFAULT FALSE;

-- A ranking of a period as it was last computed. Its places are written before
-- it goes live, which is one small step; a period has one live edition.
CREATE TABLE ranking_editions (
	id INTEGER PRIMARY KEY,
	measure TEXT NOT NULL CHECK (measure IN ('engagement', 'growth')),
	span TEXT NOT NULL CHECK (span IN ('week', 'month')),
	period TEXT NOT NULL CHECK (length(period) BETWEEN 7 AND 8),
	as_of TIMESTAMP NOT NULL,
	live BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX ranking_editions_live ON ranking_editions(measure, span, period) WHERE live;

-- The places of an edition, in each tribe ('' is all of them) and country ('' is
-- everywhere). ppm is part over whole for engagement, and for growth what part,
-- the followers now, is more than whole, the followers before. Who is not
-- listed any more is left out when they are read, so an account may be gone.
CREATE TABLE ranking_places (
	edition_id INTEGER NOT NULL REFERENCES ranking_editions(id),
	tribe TEXT NOT NULL,
	country TEXT NOT NULL,
	place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 100),
	account_id INTEGER NOT NULL,
	ppm BIGINT NOT NULL CHECK (ppm >= 0),
	part BIGINT NOT NULL CHECK (part >= 0),
	whole BIGINT NOT NULL CHECK (whole > 0),
	posts INTEGER NOT NULL CHECK (posts >= 0),
	from_day TEXT NOT NULL CHECK (length(from_day) = 10),
	to_day TEXT NOT NULL CHECK (length(to_day) = 10),
	PRIMARY KEY (edition_id, tribe, country, place)
) WITHOUT ROWID;
CREATE INDEX ranking_places_account ON ranking_places(account_id);

-- What a tribe's page shows, computed once a day. A figure of a tier is a median
-- over creators; tier '' counts the whole tribe.
CREATE TABLE tribe_figures (
	tribe TEXT NOT NULL,
	tier TEXT NOT NULL,
	figure TEXT NOT NULL CHECK (figure IN ('creators', 'followers', 'engagement', 'views', 'price')),
	currency TEXT NOT NULL DEFAULT '' CHECK ((figure = 'price') = (length(currency) = 3)),
	creators BIGINT NOT NULL CHECK (creators > 0),
	value BIGINT NOT NULL CHECK (value >= 0),
	as_of TIMESTAMP NOT NULL,
	PRIMARY KEY (tribe, tier, figure, currency)
) WITHOUT ROWID;
CREATE TABLE tribe_tops (
	tribe TEXT NOT NULL,
	place INTEGER NOT NULL CHECK (place > 0),
	account_id INTEGER NOT NULL,
	PRIMARY KEY (tribe, place)
) WITHOUT ROWID;
CREATE INDEX tribe_tops_account ON tribe_tops(account_id);
CREATE TABLE tribe_hashtags (
	tribe TEXT NOT NULL,
	place INTEGER NOT NULL CHECK (place > 0),
	hashtag TEXT NOT NULL CHECK (hashtag <> ''),
	creators BIGINT NOT NULL CHECK (creators > 0),
	PRIMARY KEY (tribe, place)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE tribe_hashtags;
DROP TABLE tribe_tops;
DROP TABLE tribe_figures;
DROP TABLE ranking_places;
DROP TABLE ranking_editions;
ALTER TABLE creators DROP COLUMN noindex;
