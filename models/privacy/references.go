package privacy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
)

// named is what a person reads in place of the key of a row.
type named struct {
	Public string // the id in URLs, "" if it has none
	Name   string
}

// namesByKind are the statements that name rows: their key, public id and name. People are
// named to those who work with them, or who read their name in the history of a negotiation.
var namesByKind = map[string]string{
	"brand":       "SELECT id, public_id AS public, name FROM brands WHERE id IN @ids",
	"creator":     "SELECT id, public_id AS public, name FROM creators WHERE id IN @ids",
	"account":     "SELECT id, '' AS public, platform || ' @' || handle AS name FROM creator_accounts WHERE id IN @ids",
	"negotiation": "SELECT id, public_id AS public, product AS name FROM negotiations WHERE id IN @ids",
	"deal":        "SELECT id, public_id AS public, product AS name FROM deals WHERE id IN @ids",
	"repetition":  "SELECT id, public_id AS public, product AS name FROM negotiations WHERE id IN (SELECT negotiation_id FROM repetitions WHERE id IN @ids)",
	"deliverable": `SELECT x.id, d.public_id || '/' || x.number AS public, d.product AS name
		FROM deliverables x JOIN deals d ON d.id = x.deal_id WHERE x.id IN @ids`,
	"shortlist":    "SELECT id, public_id AS public, name FROM shortlists WHERE id IN @ids",
	"saved_search": "SELECT id, public_id AS public, name FROM saved_searches WHERE id IN @ids",
	"item": `SELECT i.id, '' AS public, s.name || ': ' || c.name AS name
		FROM shortlist_items i JOIN shortlists s ON s.id = i.shortlist_id JOIN creators c ON c.id = i.creator_id WHERE i.id IN @ids`,
	"edition":  "SELECT id, '' AS public, measure || ' ' || period AS name FROM ranking_editions WHERE id IN @ids",
	"event":    "SELECT id, '' AS public, kind AS name FROM notification_events WHERE id IN @ids",
	"post":     "SELECT id, platform_post_id AS public, url AS name FROM posts WHERE id IN @ids",
	"contract": "SELECT id, public_id AS public, product AS name FROM contracts WHERE id IN @ids",
	"document": "SELECT id, sha256 AS public, '' AS name FROM documents WHERE id IN @ids",
	"picture":  "SELECT id, public_id AS public, '' AS name FROM pictures WHERE id IN @ids",
	"report":   "SELECT id, public_id AS public, '' AS name FROM reports WHERE id IN @ids",
	"person": `SELECT id, '' AS public, name FROM people WHERE id IN @ids AND (id = @person
		OR id IN (SELECT m.person_id FROM members m JOIN members mine ON mine.brand_id = m.brand_id WHERE mine.person_id = @person)
		OR id IN (SELECT sent_by FROM offers WHERE negotiation_id IN @negotiations)
		OR id IN (SELECT brand_signer_id FROM contracts WHERE negotiation_id IN @negotiations)
		OR id IN (SELECT person_id FROM workflow_events WHERE root_kind = 'negotiation' AND root_id IN @negotiations))`,
}

// kindsByColumn are the columns that hold the key of a row of one kind.
var kindsByColumn = map[string]string{
	"to_brand_id": "brand", "brand_id": "brand", "agency_id": "brand", "creator_id": "creator", "account_id": "account", "negotiation_id": "negotiation", "deal_id": "deal", "contract_id": "contract", "sha256": "contract", "amends_id": "contract", "document_id": "document", "certificate_id": "document",
	"shortlist_id": "shortlist", "saved_search_id": "saved_search", "item_id": "item", "edition_id": "edition", "event_id": "event",
	"post_id": "post", "person_id": "person", "sent_by": "person", "begun_by": "person", "changed_by": "person", "created_by": "person", "mails_to": "person", "added_by": "person", "invited_by": "person",
	"accepted_by": "person", "offered_by": "person", "ended_by": "person", "asked_by": "person", "approver_id": "person", "saved_by": "person", "written_by": "person", "uploaded_by": "person", "brand_signer_id": "person",
}

// subjectColumn holds a kind and a key, such as person:7.
const subjectColumn = "subject"

// referenceOf is the row that a cell refers to. What a subject or a root is stands in a
// column beside it.
func referenceOf(column string, row map[string]any) (kind string, id int64, ok bool) {
	id, ok = row[column].(int64)
	switch kind = kindsByColumn[column]; column {
	case subjectColumn:
		var key string
		if kind, key, ok = strings.Cut(fmt.Sprint(row[column]), ":"); ok {
			var err error
			id, err = strconv.ParseInt(key, 10, 64)
			ok = err == nil
		}
	case "subject_id":
		kind = fmt.Sprint(cmp.Or(row["subject_kind"], row["kind"]))
	case "root_id":
		kind = fmt.Sprint(row["root_kind"])
	}
	return kind, id, ok && namesByKind[kind] != ""
}

// nameReferences replaces the keys of rows in all tables: brand_id becomes the id in the
// brand's URL, and brand, a new column before it, the brand's name.
func nameReferences(q *gorm.DB, tables []ExportedTable, parameters map[string]any) error {
	asked := map[string][]int64{}
	for _, t := range tables {
		for _, row := range t.Rows {
			for _, c := range t.Columns {
				if kind, id, ok := referenceOf(c, row); ok {
					asked[kind] = append(asked[kind], id)
				}
			}
		}
	}
	names := map[string]map[int64]named{}
	for kind, ids := range asked {
		slices.Sort(ids)
		var err error
		if names[kind], err = readNames(q, namesByKind[kind], slices.Compact(ids), parameters); err != nil {
			return fmt.Errorf("name each %s: %w", kind, err)
		}
	}
	for i := range tables {
		tables[i].nameReferences(names)
	}
	return nil
}

// namesAtOnce is how many rows one statement names: SQLite takes 32,766 parameters.
const namesAtOnce = 10_000

func readNames(q *gorm.DB, statement string, ids []int64, parameters map[string]any) (map[int64]named, error) {
	names := map[int64]named{}
	for some := range slices.Chunk(ids, namesAtOnce) {
		var rows []struct {
			ID           int64
			Public, Name string
		}
		with := map[string]any{"ids": some, "person": parameters["person"], "negotiations": parameters["negotiations"]}
		if err := q.Raw(statement, with).Scan(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			names[r.ID] = named{r.Public, r.Name}
		}
	}
	return names, nil
}

// nameReferences replaces the keys in one table.
func (t *ExportedTable) nameReferences(names map[string]map[int64]named) {
	var columns []string
	for _, c := range t.Columns {
		title, isID := strings.CutSuffix(c, "_id")
		var refers, stays bool
		for _, row := range t.Rows {
			kind, id, ok := referenceOf(c, row)
			if !ok {
				stays = stays || row[c] != nil // it says something else: a deal's ended_by is a side
				continue
			}
			n := names[kind][id]
			if refers, stays = true, stays || n.Public != ""; isID {
				row[c] = n.Public
			}
			if row[title] = n.Name; c == subjectColumn {
				row[c] = strings.TrimSuffix(kind+": "+n.Name, ": ")
			}
		}
		if refers && isID {
			columns = append(columns, title)
		}
		if !refers || !isID || stays {
			columns = append(columns, c)
			continue
		}
		for _, row := range t.Rows {
			delete(row, c)
		}
	}
	t.Columns = columns
}
