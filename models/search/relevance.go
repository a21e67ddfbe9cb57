package search

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tribemarket/models"
	"tribemarket/models/creators"
	"tribemarket/models/db"
	"tribemarket/models/search/index"
)

// relevanceParts are the parts of relevance: a sum of weight × part, each part
// between 0 and 1000. The index computes how well words, tribes and price fit a
// search; the others are computed per listing: engagementFit, trustPart and
// responsePart.
var relevanceParts = [index.Parts]string{
	index.Words: "words", index.TribeFit: "tribe", index.EngagementFit: "engagement",
	index.Trust: "trust", index.PriceFit: "price", index.Response: "response",
}

// wholePart is the maximum of a part.
const wholePart = 1000

// engagementFit says where an account's engagement rate lies in the band of its
// platform, tier and tribe: 0 at the 10th percentile or below, 1000 at the 90th
// or above, linear between, and the mean over its tribes. It is 500 without a
// band, and 0 without a rate.
func engagementFit(rate *int64, bands []creators.EngagementBand) int16 {
	if rate == nil {
		return 0
	}
	if len(bands) == 0 {
		return wholePart / 2
	}
	var sum int64
	for _, b := range bands {
		switch {
		case *rate >= b.HighPPM:
			sum += wholePart
		case *rate > b.LowPPM:
			sum += (*rate - b.LowPPM) * wholePart / (b.HighPPM - b.LowPPM)
		}
	}
	return int16(sum / int64(len(bands)))
}

// trustPart says how far figures can be trusted: recently verified 1000,
// verified long ago 600, declared 300, imported 150.
func trustPart(source creators.FigureSource, aged bool) int16 {
	switch {
	case source == creators.SourceVerified && !aged:
		return wholePart
	case source == creators.SourceVerified:
		return 600
	case source == creators.SourceDeclared:
		return 300
	}
	return 150
}

// The response times up to which all count as equally quick, and from which as
// equally slow, in minutes.
const (
	answersSoon = 60
	answersLate = 7 * 24 * 60
)

// responsePart says how often and how fast a creator answers proposals: half of
// it is the share of proposals answered, 500 before the first proposal; the
// other half is the typical response time, 1000 up to an hour and 500 from a
// week on, linear between, and 500 with too few answers to tell. Declining is
// an answer too, and DealActivity counts only quick ones for the time, so that
// declining never lowers this part.
func responsePart(ppm, minutes *int64) int16 {
	rate, speed := int64(wholePart/2), int64(wholePart/2)
	if ppm != nil {
		rate = *ppm / (1_000_000 / wholePart)
	}
	if minutes != nil {
		speed += (answersLate - min(max(*minutes, answersSoon), answersLate)) * (wholePart / 2) / (answersLate - answersSoon)
	}
	return int16((rate + speed) / 2)
}

// RelevanceWeight is the weight of a part of relevance, in points.
type RelevanceWeight struct {
	Part    string `gorm:"primaryKey"`
	Weight  int64
	Version int64 // of the last change, the same in all rows
}

// TableName is the table's name, for GORM.
func (RelevanceWeight) TableName() string { return "relevance_weights" }

// mostWeight is the maximum weight of a part; the database enforces it too.
const mostWeight = 1000

// CanEditRelevance says whether the actor may change the weights of relevance.
func CanEditRelevance(a models.Actor) bool { return a.Administers() }

// RelevanceWeights reads the weights of relevance in the order of the page, and
// applies them to this node's searches.
func (e *Engine) RelevanceWeights(ctx context.Context) ([]RelevanceWeight, error) {
	var rows []RelevanceWeight
	if err := e.db.Read(ctx).Find(&rows).Error; err != nil {
		return nil, models.Internal("read the weights of relevance", err)
	}
	slices.SortFunc(rows, func(a, b RelevanceWeight) int {
		return slices.Index(relevanceParts[:], a.Part) - slices.Index(relevanceParts[:], b.Part)
	})
	w, err := weightsOf(rows)
	if err != nil {
		return nil, models.Internal("read the weights of relevance", err)
	}
	e.weights.Store(&w)
	return rows, nil
}

// weightsOf is how much each part counts, as the index takes it. It fails for a part
// that this version of the program does not know.
func weightsOf(rows []RelevanceWeight) (index.Weights, error) {
	var w index.Weights
	for _, r := range rows {
		part := slices.Index(relevanceParts[:], r.Part)
		if part < 0 {
			return w, fmt.Errorf("relevance has no part %q", r.Part)
		}
		w[part] = int32(r.Weight)
	}
	return w, nil
}

// freshWeights returns the weights that this node searches with.
func (e *Engine) freshWeights(ctx context.Context) (index.Weights, error) {
	if w := e.weights.Load(); w != nil {
		return *w, nil
	}
	if _, err := e.RelevanceWeights(ctx); err != nil {
		return index.Weights{}, err
	}
	return *e.weights.Load(), nil
}

// RelevanceWeightsForm is the weights as an administrator typed them, by part, and the
// version that they are based on.
type RelevanceWeightsForm struct {
	Weights map[string]string
	Version string
}

func (f RelevanceWeightsForm) read() ([]RelevanceWeight, error) {
	var wrong models.Fields
	var all []RelevanceWeight
	for part := range f.Weights {
		if !slices.Contains(relevanceParts[:], part) {
			wrong.Add("weight_"+part, "search.relevance.error.part")
		}
	}
	for _, part := range relevanceParts {
		n, err := strconv.ParseInt(strings.TrimSpace(f.Weights[part]), 10, 64)
		if err != nil || n < 0 || n > mostWeight {
			wrong.Add("weight_"+part, "search.relevance.error.weight", "most", int64(mostWeight))
		}
		all = append(all, RelevanceWeight{Part: part, Weight: n})
	}
	if !slices.ContainsFunc(all, func(w RelevanceWeight) bool { return w.Weight > 0 }) && wrong.Err() == nil {
		wrong.Add("weight_"+relevanceParts[0], "search.relevance.error.none")
	}
	return all, wrong.Err()
}

// SetRelevanceWeights changes the weights. Other nodes pick them up as their index
// follows changes. It is a conflict if somebody else has changed them meanwhile.
func (e *Engine) SetRelevanceWeights(ctx context.Context, actor models.Actor, f RelevanceWeightsForm) error {
	if !CanEditRelevance(actor) {
		return models.NotFound()
	}
	all, err := f.read()
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(f.Version, 10, 64)
	if err != nil {
		return models.Conflict("search.relevance.error.changed")
	}
	err = e.db.Tx(ctx, func(tx *db.Tx) error {
		var before []RelevanceWeight
		if err := tx.Order("part").Find(&before).Error; err != nil {
			return err
		}
		detail := map[string]string{}
		for _, w := range before {
			detail["before_"+w.Part] = formatWhole(w.Weight)
		}
		for _, w := range all {
			detail[w.Part] = formatWhole(w.Weight)
			res := tx.Exec("UPDATE relevance_weights SET weight = ?, version = version + 1 WHERE part = ? AND version = ?", w.Weight, w.Part, seen)
			if res.Error != nil {
				return res.Error
			}
			if res.RowsAffected == 0 {
				return models.Conflict("search.relevance.error.changed")
			}
		}
		return tx.WriteAudit(ctx, db.AuditEntry{At: e.clock(), PersonID: actor.PersonID, Action: "creators.relevance_weighed", Subject: "relevance", Detail: detail})
	})
	if err != nil {
		if models.CodeOf(err) == models.CodeInternal {
			return models.Internal("change the weights of relevance", err)
		}
		return err
	}
	_, err = e.RelevanceWeights(ctx)
	return err
}
