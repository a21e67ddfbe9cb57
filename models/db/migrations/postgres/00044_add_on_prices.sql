-- +goose Up
-- What creators ask for beside the content, in millionths of its price: for 30 days of usage
-- rights, of advertising with a post, of exclusivity; and once for a rush.
CREATE TABLE creator_add_on_prices (
	creator_id BIGINT NOT NULL REFERENCES creators(id),
	add_on TEXT NOT NULL CHECK (add_on <> ''),
	ppm BIGINT NOT NULL CHECK (ppm > 0),
	PRIMARY KEY (creator_id, add_on)
);

-- +goose Down
DROP TABLE creator_add_on_prices;
