package db

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm/clause"

	"tribemarket/models"
)

// SealedColumn is a column of texts that the keyring seals.
type SealedColumn struct {
	Name    string // TABLE.COLUMN, for people
	Table   string
	Text    string // SQL of the sealed text
	Row     string // SQL of what its purpose says of the row
	Where   string // SQL of the rows that matter; "" for all
	Purpose func(row string) string
}

// UnreadableError says that rows need keys that are not here.
type UnreadableError struct{ Places []string }

// Error is part of error.
func (e *UnreadableError) Error() string {
	return "the keys are missing that open " + strings.Join(e.Places, ", ")
}

// digestCheckPurpose is of the one text whose keyed hash is kept, to know the key again.
const digestCheckPurpose = "key check"

type keyCheck struct {
	ID     int `gorm:"primaryKey"`
	Digest string
}

// TableName is the table's name, for GORM.
func (keyCheck) TableName() string { return "key_checks" }

// CheckKeys fails with an UnreadableError when something in the database was sealed with
// a key that is not in the ring, or hashed with another one. Of the rows of each key it
// tries two. Without a ring nothing can be opened. It writes nothing, and works with an
// older schema too.
func (d *DB) CheckKeys(ctx context.Context, keys *models.Keyring, sealed []SealedColumn, hashed []string) error {
	var wrong []string
	for _, c := range sealed {
		if !d.Read(ctx).Migrator().HasTable(c.Table) {
			continue
		}
		n, err := d.countUnreadable(ctx, keys, c)
		if err != nil {
			return fmt.Errorf("check the keys of %s: %w", c.Name, err)
		}
		if n > 0 {
			wrong = append(wrong, Loss{Table: c.Name, Rows: n}.String())
		}
	}
	same, err := d.isDigestKeySame(ctx, keys)
	if err != nil {
		return fmt.Errorf("check the key of hashes: %w", err)
	}
	if !same {
		for _, name := range hashed {
			table, _, _ := strings.Cut(name, ".")
			if n, err := d.countRows(ctx, table); err != nil {
				return err
			} else if n > 0 {
				wrong = append(wrong, Loss{Table: name, Rows: n}.String())
			}
		}
	}
	if len(wrong) > 0 {
		return &UnreadableError{wrong}
	}
	return nil
}

// countUnreadable counts the texts whose key is not in the ring, or is another than the
// ring's of that name.
func (d *DB) countUnreadable(ctx context.Context, keys *models.Keyring, c SealedColumn) (n int64, err error) {
	find := "instr"
	if d.Dialect == Postgres {
		find = "strpos"
	}
	where := c.Text + " LIKE '%:%'"
	if c.Where != "" {
		where += " AND " + c.Where
	}
	var groups []struct {
		Key         string
		N           int64
		First, Last string
	}
	err = d.Read(ctx).Raw("SELECT substr(" + c.Text + ", 1, " + find + "(" + c.Text + ", ':') - 1) AS key, count(*) AS n, min(" + c.Row + ") AS first, max(" + c.Row + ") AS last" +
		" FROM " + c.Table + " WHERE " + where + " GROUP BY 1").Scan(&groups).Error
	for _, g := range groups {
		for _, row := range []string{g.First, g.Last} {
			var text string
			if err := d.Read(ctx).Raw("SELECT "+c.Text+" FROM "+c.Table+" WHERE "+where+" AND "+c.Row+" = ?", row).Scan(&text).Error; err != nil {
				return n, err
			}
			if !opens(keys, c.Purpose(row), text) {
				n += g.N
				break
			}
		}
	}
	return n, err
}

func opens(keys *models.Keyring, purpose, text string) bool {
	if keys == nil {
		return false
	}
	_, err := keys.Open(purpose, text)
	return err == nil
}

// isDigestKeySame says whether hashes are made with the key that they were made with
// before; it is true of a database that has not noted any.
func (d *DB) isDigestKeySame(ctx context.Context, keys *models.Keyring) (bool, error) {
	if !d.Read(ctx).Migrator().HasTable(keyCheck{}.TableName()) {
		return true, nil
	}
	var noted []keyCheck
	err := d.Read(ctx).Find(&noted).Error
	same := err == nil && (len(noted) == 0 || keys != nil && noted[0].Digest == keys.Digest(digestCheckPurpose, ""))
	return same, err
}

func (d *DB) countRows(ctx context.Context, table string) (n int64, err error) {
	if !d.Read(ctx).Migrator().HasTable(table) {
		return 0, nil
	}
	return n, d.Read(ctx).Table(table).Count(&n).Error
}

// NoteDigestKey keeps a hash by which CheckKeys knows the key of hashes again.
func (d *DB) NoteDigestKey(ctx context.Context) error {
	if same, err := d.isDigestKeySame(ctx, d.Keys); err != nil {
		return err
	} else if same {
		if n, err := d.countRows(ctx, keyCheck{}.TableName()); n > 0 || err != nil {
			return err
		}
	}
	return d.Tx(ctx, func(tx *Tx) error {
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&keyCheck{1, d.Keys.Digest(digestCheckPurpose, "")}).Error
	})
}
