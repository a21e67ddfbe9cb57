package paths

import (
	"net/url"
	"strconv"
)

// Admin is the overview for administrators.
func Admin() string { return "/admin" }

// AdminPeople lists people.
func AdminPeople() string { return "/admin/people" }

// AdminPerson is a person, by number.
func AdminPerson(id int64) string { return AdminPeople() + "/" + strconv.FormatInt(id, 10) }

// AdminDeals lists deals.
func AdminDeals() string { return "/admin/deals" }

// AdminBrands lists brands.
func AdminBrands() string { return "/admin/brands" }

// AdminBrand is a brand.
func AdminBrand(id string) string { return AdminBrands() + "/" + esc(id) }

// AdminPolitical is where a brand is allowed political objectives.
func AdminPolitical(id string) string { return AdminBrand(id) + "/political-objectives" }

// AdminHolds shortens the holds of the deals of a brand or a creator, whose page is given (POST).
func AdminHolds(of string) string { return of + "/holds" }

// AdminCreators lists creators.
func AdminCreators() string { return "/admin/creators" }

// AdminCreator is a creator.
func AdminCreator(id string) string { return AdminCreators() + "/" + esc(id) }

// Suspension suspends the person, brand or creator of an administrator's page (POST).
func Suspension(of string) string { return of + "/suspension" }

// Restoration undoes Suspension (POST).
func Restoration(of string) string { return of + "/restoration" }

// AdminReports lists reports.
func AdminReports() string { return "/admin/reports" }

// AdminReport is a report.
func AdminReport(id string) string { return AdminReports() + "/" + esc(id) }

// AdminDecision decides a report (POST).
func AdminDecision(id string) string { return AdminReport(id) + "/decision" }

// AdminReopening undoes a decision (POST).
func AdminReopening(id string) string { return AdminReport(id) + "/reopening" }

// AdminWork says whether the background work runs.
func AdminWork() string { return "/admin/work" }

// AdminAudit is the audit log; a nil query shows all of it.
func AdminAudit(query url.Values) string { return WithQuery("/admin/audit", query) }

// NewReport asks why something is reported: a creator, brand, proposal or deal.
func NewReport(kind, id string) string {
	return WithQuery("/reports/new", url.Values{"about": {kind}, "id": {id}})
}

// Reports sends a report (POST).
func Reports() string { return "/reports" }

// BlockSettings show whom the viewer has blocked, and what became of reports.
func BlockSettings() string { return "/settings/blocks" }

// Block blocks the creator or brand of a page (POST).
func Block(page string) string { return page + "/block" }

// Unblock undoes Block (POST).
func Unblock(page string) string { return Block(page) + "/removal" }
