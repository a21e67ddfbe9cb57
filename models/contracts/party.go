package contracts

import "tribemarket/models"

// Party is one of the two sides of a contract: a brand or a creator.
type Party struct {
	Side models.Side
	ID   int64
}

// PartyOf is the party that the actor acts for.
func PartyOf(a models.Actor) Party {
	if a.Side() == models.SideBrand {
		return Party{models.SideBrand, a.BrandID}
	}
	return Party{models.SideCreator, a.CreatorID}
}

// Column is the column of rows by whose they are.
func (p Party) Column() string {
	if p.Side == models.SideBrand {
		return brandColumn
	}
	return creatorColumn
}

const (
	brandColumn   = "brand_id"
	creatorColumn = "creator_id"
)
