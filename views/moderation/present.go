package moderation

import (
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/views/components"
	"tribemarket/views/paths"
)

// ModerationActions is what the actor can do about a page's brand or creator, depending
// on whether the actor's side has blocked it.
func ModerationActions(a models.Actor, kind moderation.Kind, publicID string, id int64, blocked bool) components.ModerationMenu {
	side := models.SideCreator
	if kind == moderation.Brand {
		side = models.SideBrand
	}
	own := side == models.SideBrand && a.BrandID == id || side == models.SideCreator && a.CreatorID == id
	if !a.SignedIn() || own {
		return components.ModerationMenu{}
	}
	page := SubjectPath(kind, publicID)
	m := components.ModerationMenu{Report: paths.NewReport(string(kind), publicID)}
	if a.Side() == side || !moderation.CanBlock(a) {
		return m
	}
	if blocked {
		m.Unblock = paths.Unblock(page)
	} else {
		m.Block = paths.Block(page)
	}
	return m
}

// SubjectPath is the path of the page of a subject that can be reported.
func SubjectPath(kind moderation.Kind, id string) string {
	switch kind {
	case moderation.Brand:
		return paths.Brand(id)
	case moderation.Negotiation:
		return paths.Negotiation(id)
	case moderation.Deal:
		return paths.Deal(id)
	}
	return paths.Creator(id)
}
