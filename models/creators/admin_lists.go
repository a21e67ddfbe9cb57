package creators

import (
	"context"

	"tribemarket/models"
	"tribemarket/models/accounts"
	"tribemarket/models/db"
	"tribemarket/models/text/words"
)

// AdminListRow is a creator in an administrator's list.
type AdminListRow struct {
	Creator
	Accounts  int64
	Followers int64 // of the most followed account
	Handle    string
	Platform  string
	Face      Face `gorm:"-"`
}

var adminOrder = accounts.AdminOrder{From: "creators c", ID: "c.id", Columns: map[string]string{
	"name": "lower(c.name)", "followers": "coalesce((SELECT max(x.followers) FROM creator_accounts x WHERE x.creator_id = c.id), 0)",
	"claimed": "(c.person_id IS NOT NULL)", "listed": "c.listed", "state": "(c.suspended_at IS NOT NULL)",
}}

// ListCreatorsForAdmin lists creators for an administrator, in one query.
func (s *Store) ListCreatorsForAdmin(ctx context.Context, actor models.Actor, f accounts.AdminFilter) ([]AdminListRow, string, error) {
	if !actor.Administers() {
		return nil, "", models.NotFound()
	}
	where, args, order := adminOrder.After(f.Sort, f.After)
	for _, w := range words.Query(f.Words) {
		sql, arg := contains("c.search_text", " "+w)
		where, args = where+" AND "+sql, append(args, arg)
	}
	if f.Suspended {
		where += " AND c.suspended_at IS NOT NULL"
	}
	var read []struct {
		AdminListRow `gorm:"embedded"`
		FaceText     string
	}
	err := s.db.Read(ctx).Raw(`SELECT c.*, (SELECT count(*) FROM creator_accounts x WHERE x.creator_id = c.id) AS accounts,
			coalesce(a.followers, 0) AS followers, coalesce(a.handle, '') AS handle, coalesce(a.platform, '') AS platform, `+FaceSQL+` AS face_text
		FROM (SELECT c.* FROM creators c WHERE `+where+` ORDER BY `+order+` LIMIT ?) c
		LEFT JOIN creator_accounts a ON a.id = (SELECT x.id FROM creator_accounts x WHERE x.creator_id = c.id ORDER BY x.followers DESC, x.id LIMIT 1)
		ORDER BY `+order, append(args, accounts.AdminPageSize+1)...).Scan(&read).Error
	if err != nil {
		return nil, "", models.Internal("list creators", err)
	}
	rows := make([]AdminListRow, len(read))
	for i, r := range read {
		rows[i] = r.AdminListRow
		rows[i].Face = s.ParseFace(r.FaceText)
	}
	rows, next := accounts.CutAdminPage(rows, func(r AdminListRow) int64 { return r.ID })
	return rows, next, nil
}

// AdminCreatorDetail is what an administrator sees of a creator.
type AdminCreatorDetail struct {
	Creator
	Accounts []Account
}

// ReadCreatorForAdmin reads a creator for an administrator, listed or not.
func (s *Store) ReadCreatorForAdmin(ctx context.Context, actor models.Actor, publicID string) (AdminCreatorDetail, error) {
	var d AdminCreatorDetail
	if !actor.Administers() {
		return d, models.NotFound()
	}
	var err error
	if d.Creator, err = s.readCreator(ctx, "public_id = ?", publicID); err != nil {
		return d, err
	}
	err = s.db.Read(ctx).Where("creator_id = ?", d.ID).Order("followers DESC, id").Find(&d.Accounts).Error
	if err != nil {
		return d, models.Internal("read a creator's accounts", err)
	}
	return d, nil
}

// contains is the SQL condition that a column contains a text, and its argument.
func contains(column, text string) (sql string, arg any) {
	if escaped := db.EscapeLike(text); escaped != text {
		return column + ` LIKE ? ESCAPE '\'`, "%" + escaped + "%"
	}
	return column + " LIKE ?", "%" + text + "%" // takes half as long without an escape
}
