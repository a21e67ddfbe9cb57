package creators

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tribemarket/models"
	"tribemarket/models/db"
	"tribemarket/models/text"
)

// TribeEdit is a tribe that administrators have changed or added; it overrides
// the built-in one.
type TribeEdit struct {
	Slug      string `gorm:"primaryKey"`
	Tribe     string // as JSON, like those of the catalogue
	Hidden    bool
	Version   int64 // rises over all rows
	UpdatedAt time.Time
}

// TableName is the table's name, for GORM.
func (TribeEdit) TableName() string { return "tribe_edits" }

// TribeForm is a tribe as an administrator enters it. Categories are one per
// line; Hashtags may also be separated by spaces.
type TribeForm struct {
	Slug, Display, Mark  string
	Hue                  string
	Names, Descriptions  map[string]string // by language
	Hashtags, Categories string
	Hidden               bool
}

// CanEditTribes says whether the actor may change the catalogue.
func CanEditTribes(a models.Actor) bool { return a.Administers() }

// TribeMarks are the shapes that a tribe's mark can have.
func TribeMarks() []string {
	return []string{"circle", "ring", "square", "diamond", "triangle", "hexagon", "star", "cross", "bars", "wave", "bowl", "house"}
}

var tribeSlugPattern = regexp.MustCompile(`^[a-z0-9]{2,30}$`)

// parseTribe parses the form into a tribe of the catalogue.
func (f TribeForm) parseTribe() (Tribe, error) {
	var wrong models.Fields
	t := Tribe{Slug: f.Slug, Display: text.Truncate(text.SingleLine(f.Display), 40), Mark: f.Mark, Names: map[string]string{}, Descriptions: map[string]string{}}
	if !tribeSlugPattern.MatchString(t.Slug) {
		wrong.Add("slug", "creators.error.tribe_slug")
	}
	if t.Display == "" {
		wrong.Add("display", "accounts.error.required")
	}
	if !slices.Contains(TribeMarks(), t.Mark) {
		wrong.Add("mark", "creators.error.tribe_mark")
	}
	if _, err := fmt.Sscanf(f.Hue, "%d", &t.Hue); err != nil || t.Hue < 0 || t.Hue > 35 {
		wrong.Add("hue", "creators.error.tribe_hue")
	}
	for _, l := range models.Locales() {
		if t.Names[l] = text.Truncate(text.SingleLine(f.Names[l]), 60); t.Names[l] == "" {
			wrong.Add("name_"+l, "accounts.error.required")
		}
		if t.Descriptions[l] = text.Truncate(text.SingleLine(f.Descriptions[l]), 120); t.Descriptions[l] == "" {
			wrong.Add("text_"+l, "accounts.error.required")
		}
	}
	t.Hashtags = normaliseWords(strings.Fields(strings.ReplaceAll(f.Hashtags, "#", " ")))
	t.Categories = normaliseWords(strings.Split(f.Categories, "\n"))
	for field, all := range map[string][]string{"hashtags": t.Hashtags, "categories": t.Categories} {
		if len(all) == 0 {
			wrong.Add(field, "accounts.error.required")
		}
		if len(all) > 500 || slices.ContainsFunc(all, func(w string) bool { return utf8.RuneCountInString(w) > text.MaxHashtagRunes }) {
			wrong.Add(field, "creators.error.tribe_words")
		}
	}
	return t, wrong.Err()
}

// normaliseWords returns the words folded, sorted and without duplicates.
func normaliseWords(all []string) []string {
	var out []string
	for _, w := range all {
		if w = text.Fold(text.Truncate(text.SingleLine(w), 2*text.MaxHashtagRunes)); w != "" {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// EditTribe saves a changed or new tribe. It fails if the catalogue as a whole
// would break a rule: no two tribes share a hashtag or a category.
func (s *Store) EditTribe(ctx context.Context, actor models.Actor, f TribeForm, isNew bool) error {
	if !CanEditTribes(actor) {
		return models.NotFound()
	}
	t, err := f.parseTribe()
	if err != nil {
		return err
	}
	data, err := json.Marshal(t)
	if err != nil {
		return err
	}
	now := s.clock()
	err = s.db.Tx(ctx, func(tx *db.Tx) error {
		edits, err := readTribeEdits(tx, true)
		if err != nil {
			return err
		}
		c, err := catalogueWithEdits(edits)
		if err != nil {
			return err
		}
		if _, there := c.bySlug[t.Slug]; there == isNew {
			if isNew {
				return models.Invalid("slug", "creators.error.tribe_taken")
			}
			return models.NotFound()
		}
		if err := c.checkWordConflicts(t); err != nil {
			return err
		}
		e := TribeEdit{Slug: t.Slug, Tribe: string(data), Hidden: f.Hidden, Version: latestVersion(edits) + 1, UpdatedAt: now}
		if err := tx.Session(&gorm.Session{SkipHooks: true}).Clauses(clause.OnConflict{UpdateAll: true}).Create(&e).Error; err != nil {
			return err
		}
		if err := tx.WriteAudit(ctx, db.AuditEntry{At: now, PersonID: actor.PersonID, Action: "admin.tribe_edited", Subject: "tribe:" + t.Slug, Detail: map[string]string{"tribe": string(data), "hidden": fmt.Sprint(f.Hidden)}}); err != nil {
			return err
		}
		return tx.Enqueue(RederiveTribesArgs{Version: e.Version}, nil)
	})
	if errors.Is(err, gorm.ErrDuplicatedKey) {
		return models.Conflict("creators.error.tribe_race")
	}
	if err != nil {
		return err
	}
	return s.ReloadTribeCatalogue(ctx)
}

// checkWordConflicts reports a word that another tribe already has.
func (c *TribeCatalogue) checkWordConflicts(t Tribe) error {
	var wrong models.Fields
	for field, x := range map[string]struct {
		all  []string
		held map[string]int
	}{"hashtags": {t.Hashtags, c.byHashtag}, "categories": {t.Categories, c.byCategory}} {
		for _, w := range x.all {
			if i, taken := x.held[w]; taken && c.tribes[i].Slug != t.Slug {
				wrong.Add(field, "creators.error.tribe_word_taken", "word", w, "tribe", c.tribes[i].Display)
			}
		}
	}
	return wrong.Err()
}

// readTribeEdits reads the edits; lock keeps other editors out until the
// transaction ends.
func readTribeEdits(tx *db.Tx, lock bool) ([]TribeEdit, error) {
	var all []TribeEdit
	if lock && tx.Name() == string(db.Postgres) {
		if err := tx.Exec("LOCK TABLE tribe_edits IN SHARE ROW EXCLUSIVE MODE").Error; err != nil {
			return nil, err
		}
	}
	err := tx.Order("slug").Find(&all).Error
	return all, err
}

func latestVersion(edits []TribeEdit) (v int64) {
	for _, e := range edits {
		v = max(v, e.Version)
	}
	return v
}

// catalogueWithEdits returns the built-in catalogue with the edits applied; new
// tribes come last. Hidden tribes keep their words but are neither found by
// them nor listed.
func catalogueWithEdits(edits []TribeEdit) (*TribeCatalogue, error) {
	var all []Tribe
	if err := json.Unmarshal(tribesJSON, &all); err != nil {
		return nil, fmt.Errorf("the catalogue of tribes: %w", err)
	}
	for _, e := range edits {
		var t Tribe
		if err := json.Unmarshal([]byte(e.Tribe), &t); err != nil {
			return nil, fmt.Errorf("the tribe %s as it was edited: %w", e.Slug, err)
		}
		t.Slug, t.Hidden, t.Edited = e.Slug, e.Hidden, true
		if i := slices.IndexFunc(all, func(o Tribe) bool { return o.Slug == e.Slug }); i >= 0 {
			all[i] = t
		} else {
			all = append(all, t)
		}
	}
	c, err := newCatalogue(all)
	if err == nil {
		c.version = latestVersion(edits)
	}
	return c, err
}

// ReloadTribeCatalogue reloads the tribes from the database. Every node does so within a
// minute; catalogues already handed out stay valid.
func (s *Store) ReloadTribeCatalogue(ctx context.Context) error {
	var version int64
	if err := s.db.Read(ctx).Raw("SELECT coalesce(max(version), 0) FROM tribe_edits").Scan(&version).Error; err != nil {
		return models.Internal("ask for changes of tribes", err)
	}
	if version == s.TribeCatalogue().version {
		return nil
	}
	edits, err := readTribeEdits(&db.Tx{DB: s.db.Read(ctx)}, false)
	if err != nil {
		return models.Internal("read the changes of tribes", err)
	}
	c, err := catalogueWithEdits(edits)
	if err != nil {
		return models.Internal("put the catalogue together", err)
	}
	s.catalogue.Store(c)
	return nil
}

// RederiveTribesArgs is the job that rederives creators' tribes after a change
// of the catalogue, a batch at a time.
type RederiveTribesArgs struct {
	Version int64 `json:"version"`
	After   int64 `json:"after"` // the last creator of the batch before
}

// Kind is the job's name, for River.
func (RederiveTribesArgs) Kind() string { return "creators.follow_tribes" }

const rederiveBatchSize = 200

// RederiveTribes rederives the tribes of one batch and enqueues the next one. It
// stops if there is a newer change, since that has its own job.
func (s *Store) RederiveTribes(ctx context.Context, args RederiveTribesArgs) error {
	if err := s.ReloadTribeCatalogue(ctx); err != nil {
		return err
	}
	if s.TribeCatalogue().version != args.Version {
		return nil
	}
	return s.db.Tx(ctx, func(tx *db.Tx) error {
		var ids []int64
		err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Model(&Creator{}).Where("id > ?", args.After).Order("id").Limit(rederiveBatchSize).Pluck("id", &ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		moved, err := s.rederiveTribesAndHashtags(tx, ids)
		if err != nil {
			return err
		}
		if err := s.Relist(tx, moved); err != nil {
			return err
		}
		return tx.Enqueue(RederiveTribesArgs{args.Version, ids[len(ids)-1]}, nil)
	})
}
