package deals

import (
	"strconv"

	"github.com/labstack/echo/v4"

	"tribemarket/handlers/web"
	"tribemarket/models"
	"tribemarket/models/deals"
	"tribemarket/models/workflow"
	"tribemarket/views/paths"
)

// actOnDeliverable handles every action on a deliverable: it reads the fields that the
// table describes, does the action, and shows the deal again, in its new state or with
// what is wrong. Version is the one that the page showed, so that nobody acts on
// something that they have not seen.
func (h *Handlers) actOnDeliverable(action workflow.Description) echo.HandlerFunc {
	return func(c echo.Context) error {
		var shown struct {
			Version int `form:"version"`
		}
		if err := web.ReadForm(c, &shown); err != nil {
			return err
		}
		id, answers := c.Param("id"), deals.Answers{}
		for _, f := range action.Fields {
			answers[f.Name] = web.CleanText(c.FormValue(f.Name))
		}
		number, err := strconv.Atoi(c.Param("n"))
		if err != nil || number < 1 {
			return models.NotFound()
		}
		err = h.Deals.Act(c.Request().Context(), web.ActorOf(c), deals.Ref{Deal: id, Number: number, Version: shown.Version}, action.Action, answers)
		if r, ok := web.RefusalOf(err, action.Action, number, answers); ok {
			return h.renderDeal(c, web.StatusOf(r), id, r)
		}
		if err != nil {
			return err
		}
		h.Flash(c, deals.DeliverableTable.DoneKey(action.Action))
		return web.SeeOther(c, paths.Deal(id))
	}
}
