-- +goose Up
CREATE TABLE creators (
	id INTEGER PRIMARY KEY,
	public_id TEXT NOT NULL UNIQUE,
	person_id INTEGER REFERENCES people(id),
	name TEXT NOT NULL,
	bio TEXT NOT NULL DEFAULT '',
	country TEXT NOT NULL DEFAULT '',
	zone TEXT NOT NULL DEFAULT 'UTC',
	search_text TEXT NOT NULL DEFAULT '',
	listed BOOLEAN NOT NULL DEFAULT FALSE,
	claimed_at TIMESTAMP,
	created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX creators_person ON creators(person_id) WHERE person_id IS NOT NULL;

-- Figures that a platform gives for one account. engagement_ppm is in
-- millionths; sample is the number of posts that the means come from, null
-- when the source doesn't say. What different files say is kept by age, each
-- with its own: the counts (as_of), the figures, the name and the country.
CREATE TABLE creator_accounts (
	id INTEGER PRIMARY KEY,
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	platform TEXT NOT NULL CHECK (platform IN ('tiktok', 'youtube', 'instagram', 'twitch')),
	platform_user_id TEXT,
	handle TEXT NOT NULL CHECK (handle <> ''),
	handle_key TEXT NOT NULL CHECK (handle_key <> ''),
	name TEXT NOT NULL DEFAULT '',
	name_as_of TIMESTAMP,
	country TEXT NOT NULL DEFAULT '',
	country_as_of TIMESTAMP,
	url TEXT NOT NULL DEFAULT '',
	source TEXT NOT NULL CHECK (source IN ('imported', 'declared', 'verified')),
	as_of TIMESTAMP NOT NULL,
	followers BIGINT NOT NULL CHECK (followers >= 0),
	following BIGINT CHECK (following >= 0),
	total_likes BIGINT CHECK (total_likes >= 0),
	total_posts BIGINT CHECK (total_posts >= 0),
	basis TEXT NOT NULL DEFAULT 'none' CHECK (basis IN ('none', 'posts', 'mean')),
	figures_as_of TIMESTAMP,
	sample INTEGER CHECK (sample >= 0),
	window_from TIMESTAMP,
	window_to TIMESTAMP,
	engagement_ppm BIGINT CHECK (engagement_ppm >= 0),
	median_views BIGINT CHECK (median_views >= 0),
	mean_views BIGINT CHECK (mean_views >= 0),
	mean_likes BIGINT CHECK (mean_likes >= 0),
	mean_comments BIGINT CHECK (mean_comments >= 0),
	mean_shares BIGINT CHECK (mean_shares >= 0),
	listed BOOLEAN NOT NULL DEFAULT FALSE,
	created_at TIMESTAMP NOT NULL,
	updated_at TIMESTAMP NOT NULL,
	CHECK ((source = 'verified') = (platform_user_id IS NOT NULL)),
	CHECK ((basis = 'none') = (figures_as_of IS NULL))
);
CREATE UNIQUE INDEX creator_accounts_user ON creator_accounts(platform, platform_user_id) WHERE platform_user_id IS NOT NULL;
CREATE UNIQUE INDEX creator_accounts_handle ON creator_accounts(platform, handle_key) WHERE platform_user_id IS NULL;
CREATE INDEX creator_accounts_handle_connected ON creator_accounts(platform, handle_key) WHERE platform_user_id IS NOT NULL;
CREATE INDEX creator_accounts_creator ON creator_accounts(creator_id);

-- What a search reads: one row for each listed account, made from the tables
-- around it whenever they change. Tribes and languages stand between commas, in
-- order; bands has a digit for each of followers, engagement and views; sole
-- says that the creator has no other row.
CREATE TABLE listings (
	account_id INTEGER PRIMARY KEY REFERENCES creator_accounts(id),
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	platform TEXT NOT NULL,
	country TEXT NOT NULL,
	tribes TEXT NOT NULL,
	languages TEXT NOT NULL,
	followers BIGINT NOT NULL,
	engagement_ppm BIGINT,
	median_views BIGINT,
	bands INTEGER NOT NULL,
	sole BOOLEAN NOT NULL
);
CREATE INDEX listings_creator ON listings(creator_id);
CREATE INDEX listings_by_followers ON listings(followers, creator_id);
CREATE INDEX listings_by_engagement ON listings(engagement_ppm, creator_id);
CREATE INDEX listings_by_views ON listings(median_views, creator_id);
CREATE INDEX listings_by_tribes ON listings(tribes, sole);
CREATE INDEX listings_by_languages ON listings(languages, sole);
CREATE INDEX listings_several ON listings(creator_id) WHERE NOT sole;
CREATE INDEX listings_counts ON listings(platform, country, bands, sole, followers, engagement_ppm, median_views, tribes, languages, creator_id);

CREATE TABLE posts (
	id INTEGER PRIMARY KEY,
	account_id INTEGER NOT NULL REFERENCES creator_accounts(id),
	platform_post_id TEXT NOT NULL,
	posted_at TIMESTAMP NOT NULL,
	duration_s INTEGER,
	views BIGINT CHECK (views >= 0),
	likes BIGINT CHECK (likes >= 0),
	comments BIGINT CHECK (comments >= 0),
	shares BIGINT CHECK (shares >= 0),
	caption TEXT NOT NULL DEFAULT '',
	hashtags TEXT NOT NULL DEFAULT '',
	url TEXT NOT NULL DEFAULT '',
	read_at TIMESTAMP NOT NULL,
	UNIQUE (account_id, platform_post_id)
);
CREATE INDEX posts_latest ON posts(account_id, posted_at);

-- A tribe of a creator says how it is known; the strongest way is kept.
CREATE TABLE creator_tribes (
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	tribe TEXT NOT NULL,
	known TEXT NOT NULL CHECK (known IN ('derived', 'imported', 'declared')),
	PRIMARY KEY (creator_id, tribe)
) WITHOUT ROWID;

CREATE TABLE creator_languages (
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	language TEXT NOT NULL,
	PRIMARY KEY (creator_id, language)
) WITHOUT ROWID;

CREATE TABLE creator_content_types (
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	content_type TEXT NOT NULL CHECK (content_type IN ('challenge', 'tutorial', 'unboxing', 'review')),
	PRIMARY KEY (creator_id, content_type)
) WITHOUT ROWID;

CREATE TABLE creator_prices (
	creator_id INTEGER NOT NULL REFERENCES creators(id),
	format TEXT NOT NULL CHECK (format IN ('video', 'live', 'story')),
	minor BIGINT NOT NULL CHECK (minor > 0),
	currency TEXT NOT NULL CHECK (length(currency) = 3),
	PRIMARY KEY (creator_id, format)
) WITHOUT ROWID;

-- +goose Down
DROP TABLE creator_prices;
DROP TABLE creator_content_types;
DROP TABLE creator_languages;
DROP TABLE creator_tribes;
DROP TABLE posts;
DROP TABLE listings;
DROP TABLE creator_accounts;
DROP TABLE creators;
