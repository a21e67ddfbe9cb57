package creators

import (
	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/views/components"
	creatorsview "tribemarket/views/creators"
	"tribemarket/views/paths"
)

type floorForm struct {
	Platform  string `form:"platform"`
	Country   string `form:"country"`
	Followers string `form:"followers"`
	Views     string `form:"views"`
	Posts     string `form:"posts"`
	MinAge    string `form:"min_age"`
}

// showProgrammes shows the programmes with their floors, to be changed.
func (h *Handlers) showProgrammes(c echo.Context) error {
	return h.renderProgrammes(c, 200, creatorsview.FloorAnswer{}, nil)
}

// setFloor changes or adds a floor.
func (h *Handlers) setFloor(c echo.Context) error {
	var f floorForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	key := creators.ProgrammeKey(c.Param("key"))
	answer := creators.FloorForm{Platform: f.Platform, Country: f.Country, Followers: f.Followers, Views30: f.Views, Posts30: f.Posts, MinAge: f.MinAge}
	err := h.Creators.SetFloor(c.Request().Context(), web.ActorOf(c), key, answer)
	if fields, ok := web.InvalidFields(err); ok {
		return h.renderProgrammes(c, 422, creatorsview.FloorAnswer{Programme: key, Form: answer, New: c.FormValue("new") != ""}, fields)
	}
	if err != nil {
		return err
	}
	h.Flash(c, "creators.programmes.saved")
	return web.SeeOther(c, paths.AdminProgrammes())
}

// removeFloor removes the floor of a platform or country.
func (h *Handlers) removeFloor(c echo.Context) error {
	var f floorForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	if err := h.Creators.RemoveFloor(c.Request().Context(), web.ActorOf(c), creators.ProgrammeKey(c.Param("key")), f.Platform, f.Country); err != nil {
		return err
	}
	h.Flash(c, "creators.programmes.dropped")
	return web.SeeOther(c, paths.AdminProgrammes())
}

func (h *Handlers) renderProgrammes(c echo.Context, status int, answer creatorsview.FloorAnswer, fields models.Fields) error {
	ctx := c.Request().Context()
	all, err := h.Creators.ListProgrammes(ctx)
	if err != nil {
		return err
	}
	p := creatorsview.ProgrammesFormProps{Programmes: all, Answer: answer, Errors: components.FieldTexts(ctx, fields)}
	return h.Render(c, web.Page{Status: status, Title: i18n.T(ctx, "creators.programmes.title"), Body: creatorsview.ProgrammesForm(p)})
}
