package files

import (
	"strconv"
	"strings"
)

// ShownSQL is an SQL expression for the one picture of a use that an owner shows, as text
// for ParseShown, "" without one. owner is the column with the owner's id.
func ShownSQL(use Use, owner string) string {
	column := "creator_id"
	if use == Logo {
		column = "brand_id"
	}
	return `coalesce((SELECT x.public_id || ' ' || x.colour || ' ' || x.width || ' ' || x.height FROM pictures x
		WHERE x.` + column + ` = ` + owner + ` AND x.use = '` + string(use) + `' AND x.state = 'ready' AND x.hidden_at IS NULL ORDER BY x.id DESC LIMIT 1), '')`
}

// ParseShown reads what ShownSQL gives: nil without a picture. It has what is needed to
// show it where the owner's name stands beside it.
func ParseShown(text string) *Picture {
	parts := strings.Fields(text)
	if len(parts) != 4 {
		return nil
	}
	p := Picture{PublicID: parts[0], Colour: parts[1], State: Ready}
	var err, err2 error
	p.Width, err = strconv.ParseInt(parts[2], 10, 64)
	p.Height, err2 = strconv.ParseInt(parts[3], 10, 64)
	if err != nil || err2 != nil {
		return nil
	}
	return &p
}
