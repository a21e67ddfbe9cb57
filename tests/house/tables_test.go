package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tribemarket/models/privacy"
)

// owners says whose each table is. What db owns is for every area: limits, the audit
// log, blocks, and what the program has derived.
var owners = map[string]string{
	"db": "audit_events audit_seals limits derived_versions blocks job_workers job_kinds key_checks",
	"accounts": `people identities email_confirmations oauth_states sessions brands members password_resets
		sign_in_steps identity_codes totp_factors recovery_codes passkeys invitations agency_mandates brand_domains`,
	"creators": `creators creator_accounts listings posts creator_tribes creator_languages creator_content_types creator_prices creator_add_on_prices
		account_tokens account_snapshots audience_shares creator_births creator_limits creator_minimums creator_refusals
		creator_absences programmes programme_floors engagement_bands platform_budgets removals erased_handles
		creator_activity creator_categories listing_changes tribe_edits`,
	"files":         "pictures documents",
	"search":        "relevance_weights",
	"rankings":      "ranking_editions ranking_places tribe_figures tribe_tops tribe_hashtags",
	"discovery":     "shortlists shortlist_items shortlist_labels saved_searches saved_search_mails saved_search_matches",
	"contracts":     "contract_identities contracts contract_signatures contract_openings",
	"deals":         "deals deliverables deal_holds repetitions",
	"negotiation":   "negotiations offers offered_days pitches pitch_doors held_proposals offer_drafts terms_templates",
	"workflow":      "workflow_events workflow_holds",
	"notifications": "mails notification_events notifications notification_preferences notification_links",
	"imports":       "imports import_chunks import_notes",
	"moderation":    "reports work_alerts",
	"setup":         "instance_settings setup_links",
}

// joins are the only files in which an area's SQL reads tables of areas below it. Each
// says at its top why.
var joins = []string{
	"models/creators/joins.go",
	"models/deals/joins.go", "models/negotiation/joins.go",
	"models/discovery/joins.go",
	"models/imports/joins.go",
	"models/moderation/joins.go",
	"models/rankings/joins.go",
	"models/search/joins.go",
}

// readsAll is the area whose inventory goes through all tables.
const readsAll = "privacy"

func TestEveryTableHasOneOwner(t *testing.T) {
	t.Parallel()
	var owned, held []string
	for _, tables := range owners {
		owned = append(owned, strings.Fields(tables)...)
	}
	for _, h := range privacy.Inventory() {
		held = append(held, h.Table)
	}
	slices.Sort(owned)
	slices.Sort(held)
	if !slices.Equal(owned, held) {
		t.Errorf("owned are\n%v, the inventory of privacy names\n%v", owned, held)
	}
}

func TestSQLReadsOtherAreasInMarkedFilesOnly(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	for _, r := range foreignReads(t) {
		switch {
		case !mayRead(r.area, r.owner):
			t.Errorf("%s reads %s of %s, which stands above %s: let %s register its answer", r.at, r.table, r.owner, r.area, r.owner)
		case !slices.Contains(joins, r.file):
			t.Errorf("%s reads %s of %s: ask %s for it, or move the query into models/%s/joins.go", r.at, r.table, r.owner, r.owner, r.area)
		}
		found[r.file] = true
	}
	for _, file := range joins {
		text, err := os.ReadFile(filepath.Join("../..", file))
		if err != nil {
			t.Error(err)
			continue
		}
		if !strings.HasPrefix(string(text), "// Joins: ") {
			t.Errorf("%s does not begin with `// Joins: ` and why", file)
		}
		if !found[file] {
			t.Errorf("%s reads nothing of another area", file)
		}
	}
}

// read is a place where an area's SQL names a table of another one.
type read struct {
	file, at, area, table, owner string
	pos                          token.Pos
}

// tableNames finds tables in SQL: after a keyword, and behind commas after it.
var tableNames = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)"?(?:\s+(?:AS\s+)?\w+)?((?:\s*,\s*\w+(?:\s+\w+)?)*)`)

// openEnd is SQL whose table is put in by the program: of a file with some, a text that
// is a table's name counts as one.
var openEnd = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|UPDATE|INTO)\s+$`)

// foreignReads goes through the string literals of all areas, and through the rows of
// other areas that are given to GORM.
func foreignReads(t *testing.T) (all []read) {
	t.Helper()
	ownerOf := map[string]string{}
	for area, tables := range owners {
		for _, table := range strings.Fields(tables) {
			ownerOf[table] = area
		}
	}
	files := token.NewFileSet()
	err := filepath.WalkDir("../../models", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file := filepath.ToSlash(strings.TrimPrefix(path, filepath.FromSlash("../../")))
		area, _, ok := strings.Cut(strings.TrimPrefix(file, "models/"), "/")
		if !ok || area == readsAll || area == "db" {
			return nil
		}
		parsed, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		computed := false
		ast.Inspect(parsed, func(n ast.Node) bool {
			computed = computed || openEnd.MatchString(textOf(n))
			return true
		})
		ast.Inspect(parsed, func(n ast.Node) bool {
			tables := tablesIn(n)
			if computed {
				tables = append(tables, textOf(n))
			}
			for _, row := range rowsIn(n) {
				if owned := owners[row.owner]; owned != "" && row.owner != area && row.owner != "db" {
					row.file, row.area, row.at = file, area, file+":"+strconv.Itoa(files.Position(row.pos).Line)
					all = append(all, row)
				}
			}
			for _, table := range tables {
				owner := ownerOf[table]
				if owner != "" && owner != area && owner != "db" {
					all = append(all, read{file, file + ":" + strconv.Itoa(files.Position(n.Pos()).Line), area, table, owner, n.Pos()})
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// tablesIn are the tables that a string literal, a call of Table or a row that GORM
// writes names.
func tablesIn(n ast.Node) (tables []string) {
	switch n := n.(type) {
	case *ast.BasicLit:
		for _, m := range tableNames.FindAllStringSubmatch(textOf(n), -1) {
			tables = append(tables, m[1])
			for _, more := range strings.Split(m[2], ",") {
				if f := strings.Fields(more); len(f) > 0 {
					tables = append(tables, f[0])
				}
			}
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Table" && len(n.Args) > 0 {
			name, _, _ := strings.Cut(textOf(n.Args[0]), " ")
			tables = append(tables, name)
		}
	}
	return tables
}

// gormRows are the methods of GORM that take their table from what they are given.
var gormRows = []string{"Create", "Save", "Delete", "Model", "Take", "First", "Last", "Find"}

// rowsIn are the rows of other packages that a declaration gives to GORM, by its own
// variables: &accounts.Person{}, or &p where p was declared as one.
func rowsIn(n ast.Node) (rows []read) {
	switch n.(type) {
	case *ast.FuncDecl, *ast.GenDecl:
	default:
		return nil
	}
	declared := map[string]*ast.SelectorExpr{}
	ast.Inspect(n, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil {
			for _, name := range v.Names {
				declared[name.Name] = rowType(v.Type)
			}
		}
		return true
	})
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		method, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || !slices.Contains(gormRows, method.Sel.Name) {
			return true
		}
		given, ok := call.Args[0].(*ast.UnaryExpr)
		if !ok || given.Op != token.AND {
			return true
		}
		var row *ast.SelectorExpr
		switch x := given.X.(type) {
		case *ast.Ident:
			row = declared[x.Name]
		case *ast.CompositeLit:
			row = rowType(x.Type)
		}
		if row != nil {
			if p, ok := row.X.(*ast.Ident); ok {
				rows = append(rows, read{table: row.Sel.Name, owner: p.Name, pos: call.Pos()})
			}
		}
		return true
	})
	return rows
}

// rowType is the type of another package under a slice or a pointer, nil for others.
func rowType(e ast.Expr) *ast.SelectorExpr {
	switch e := e.(type) {
	case *ast.ArrayType:
		return rowType(e.Elt)
	case *ast.StarExpr:
		return rowType(e.X)
	case *ast.SelectorExpr:
		return e
	}
	return nil
}

// textOf is the text of a string literal, "" of anything else.
func textOf(n ast.Node) string {
	if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
		text, _ := strconv.Unquote(l.Value)
		return text
	}
	return ""
}

func mayRead(area, owner string) bool {
	rule, ok := arrowOf("models/" + area)
	return ok && rule.allows("models/"+owner)
}
