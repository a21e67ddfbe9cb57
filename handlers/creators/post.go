package creators

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/moderation"
	"tribemarket/models/platform"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/layouts"
	moderationview "tribemarket/views/moderation"
	"tribemarket/views/paths"
)

// showPost shows one of a creator's latest posts; with ?play= in its platform's player,
// which only this page may frame. A demo's posts are invented, and no platform has them.
func (h *Handlers) showPost(c echo.Context) error {
	ctx, actor := c.Request().Context(), web.ActorOf(c)
	kit, err := h.Creators.ReadMediaKit(ctx, actor, c.Param("id"), c.Param("platform"))
	if err != nil {
		return err
	}
	post := kit.LatestPost(c.Param("platform"), c.Param("post"))
	if post == nil {
		return models.NotFound()
	}
	p := creatorsview.PostProps{Kit: kit, Post: *post, Now: h.Clock()}
	player, ok := platform.PlayerOf(kit.Account.Platform, post.URL, h.ownHost())
	switch {
	case ok && h.Site.Demo:
		p.PlaysNowhere = true
	case ok:
		p.Player = &player
		if p.Playing = c.QueryParam("play") != ""; p.Playing {
			web.AllowFrame(c, player.Origin)
		}
	}
	if post.Thumbnail != nil {
		p.Moderate = moderationview.ModerationActions(actor, moderation.Picture, post.Thumbnail.PublicID, kit.Creator.ID, false)
		p.Moderate.Block = ""
	}
	forbidIndexing(c)
	return h.Render(c, web.Page{
		Title: p.Title(ctx), Nav: layouts.NavCreators, Body: creatorsview.Post(p),
		Head: layouts.Head{Canonical: h.Site.BaseURL + paths.CreatorPost(kit.Creator.PublicID, kit.Account.Platform, post.PlatformPostID), NoIndex: true},
	})
}

// ownHost is the host of this site, without its port.
func (h *Handlers) ownHost() string {
	u, err := url.Parse(h.Site.BaseURL)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
