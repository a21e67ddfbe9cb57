package creators

import (
	"cmp"
	"context"
	"time"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
	"tribemarket/models"
	"tribemarket/models/files"
	"tribemarket/views/components"
	filesview "tribemarket/views/files"
)

// PicturesProps is what a creator shows of themselves in pictures, to be changed.
type PicturesProps struct {
	PublicID string // of the creator
	Pictures []files.Picture
	Alt      string // as it was typed
	Use      files.Use
	Errors   models.Fields

	OffersThumbnails bool       // the site shows thumbnails of posts
	ThumbnailsSince  *time.Time // since when the creator allows it; nil for not
}

// portrait is the creator's portrait, if there is one.
func (p PicturesProps) portrait() (files.Picture, bool) {
	for _, x := range p.Pictures {
		if x.Use == files.Portrait {
			return x, true
		}
	}
	return files.Picture{}, false
}

func (p PicturesProps) works() (works []files.Picture) {
	for _, x := range p.Pictures {
		if x.Use == files.Work {
			works = append(works, x)
		}
	}
	return works
}

// fieldError is what is wrong with a field of the form for a use.
func (p PicturesProps) fieldError(ctx context.Context, use files.Use, field string) string {
	if p.Use != use {
		return ""
	}
	return components.FieldTexts(ctx, p.Errors)[field]
}

func (p PicturesProps) problems(ctx context.Context) []components.Problem {
	return components.FieldProblems(ctx, p.Errors, string(p.Use)+"-", components.Labels(ctx, map[string]string{"alt": "creators.pictures.alt"}))
}

func (p PicturesProps) fileField(ctx context.Context, use files.Use) components.Field {
	return filesview.FileField(ctx, string(use)+"-", i18n.T(ctx, "creators.pictures.file."+string(use)), p.fieldError(ctx, use, "file"))
}

func (p PicturesProps) altField(ctx context.Context, use files.Use) components.Field {
	f := components.Field{
		Name: "alt", ID: components.FieldID(string(use) + "-alt"), Label: i18n.T(ctx, "creators.pictures.alt"), Hint: i18n.T(ctx, "creators.pictures.alt_hint"),
		Optional: true, MaxLength: files.MaxAltLength, Error: p.fieldError(ctx, use, "alt"),
	}
	if p.Use == use {
		f.Value = p.Alt
	}
	return f
}

func (p PicturesProps) rightsField(ctx context.Context, use files.Use) components.Field {
	return filesview.RightsField(string(use)+"-", i18n.T(ctx, "creators.pictures.rights_own"), p.fieldError(ctx, use, "rights"))
}

// hasLeadWork says whether the first work is shown larger. A few fill one row and eight
// fill two without.
func (p MediaKitProps) hasLeadWork() bool {
	n := len(p.Kit.Works)
	return n >= 5 && n != 8
}

// work is one of the works, which opens when it is chosen.
func (p MediaKitProps) work(ctx context.Context, x files.Picture, i int) components.Picture {
	w := filesview.Picture(x, "pic", "(min-width: 60rem) 10rem, 45vw")
	if i == 0 && p.hasLeadWork() {
		w.Sizes = "(min-width: 60rem) 20rem, 45vw"
	}
	w.First = i < 3
	w.Alt = cmp.Or(w.Alt, workName(ctx, i))
	return w
}

// stripWork is one of a row of works, which together are one link; first says that they
// are seen at once.
func stripWork(x files.Picture, first bool) components.Picture {
	p := filesview.Picture(x, "pic", "")
	p.Alt, p.First, p.Sides = "", first, p.Sides[1:]
	return p
}

// leadWork is the first of a row, which is larger where there is room.
func leadWork(x files.Picture, first bool) components.Picture {
	p := stripWork(x, first)
	p.Sides = p.Sides[:1]
	return p
}

// workName names one of the works by its place.
func workName(ctx context.Context, i int) string { return i18n.T(ctx, "creators.work_nth", "n", i+1) }

// named tells buttons of the same label apart.
func named(label, of string) templ.Attributes {
	return templ.Attributes{"aria-label": label + ": " + of}
}
