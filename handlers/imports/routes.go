package imports

import (
	"tribemarket/handlers/web"
	"tribemarket/models/imports"
)

// Routes are the addresses of the area, each with who may use it at all.
func (h *Handlers) Routes() []web.Route {
	return []web.Route{
		web.Get("/admin/imports", h.listImports, web.Admin),
		web.Upload("/admin/imports", h.uploadFile, web.Admin, imports.MaxFileSize),
		web.Get("/admin/imports/:id", h.showImport, web.Admin),
		web.Post("/admin/imports/:id/columns", h.chooseColumns, web.Admin),
		web.Post("/admin/imports/:id/dry-run", h.startDryRun, web.Admin),
		web.Post("/admin/imports/:id/run", h.startImport, web.Recent(web.Admin)),
		web.Post("/admin/imports/:id/removal", h.removeImport, web.Recent(web.Admin)),
		web.Get("/admin/imports/:id/report", h.downloadReport, web.Admin),
	}
}
