package creators

import (
	"strings"

	"tribemarket/models/files"
)

// Face is what a creator is recognised by wherever they are named: their portrait or,
// without one, a drawing made of their tribes.
type Face struct {
	Tribes   []TribeOf // strongest evidence first
	Portrait *files.Picture
}

// ParseFace reads what FaceSQL gives.
func (s *Store) ParseFace(text string) Face {
	tribes, portrait, _ := strings.Cut(text, " ")
	var rows []TribeMembership
	for one := range strings.SplitSeq(tribes, ",") {
		slug, known, _ := strings.Cut(one, ":")
		rows = append(rows, TribeMembership{Tribe: slug, Known: TribeEvidence(known)})
	}
	return Face{s.TribeCatalogue().tribesOf(rows), files.ParseShown(portrait)}
}

// Face is the creator's face. Nobody but its owner sees a suspended creator's portrait.
func (k MediaKit) Face() Face {
	f := Face{k.Tribes, k.Portrait}
	if k.Creator.SuspendedAt != nil {
		f.Portrait = nil
	}
	return f
}
