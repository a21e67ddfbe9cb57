package web

import (
	"cmp"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/go-playground/form/v4"
	"github.com/labstack/echo/v4"
)

// decoder reads forms into structs; the parts of a list are named like
// deliverables[0].format.
var decoder = newDecoder()

func newDecoder() *form.Decoder {
	d := form.NewDecoder()
	d.SetMaxArraySize(100)
	return d
}

// fieldName matches the name of a field, or of a field of a list's line.
var fieldName = regexp.MustCompile(`^[a-z_]{1,60}(\[\d{1,2}\]\.[a-z_]{1,60})?$`)

// ReadForm fills a form's struct from the request. A value that cannot be read as the
// field's type stays empty, so that the rules find and report it.
func ReadForm(c echo.Context, into any) error {
	values, err := c.FormParams()
	if err != nil {
		return echo.NewHTTPError(400).SetInternal(err)
	}
	ReadValues(values, into)
	return nil
}

// ReadValues is ReadForm for answers that were kept.
func ReadValues(values url.Values, into any) {
	clean := make(url.Values, len(values))
	for k, vs := range values {
		if fieldName.MatchString(k) { // the decoder panics on a name with an unclosed bracket
			clean[k] = slices.Clone(vs)
		}
	}
	_ = decoder.Decode(into, cleanAnswers(clean))
}

// FormValues are the answers that ReadForm would read as a struct, without the empty ones.
func FormValues(from any) (url.Values, error) {
	encoded, err := encoder.Encode(from)
	values := make(url.Values, len(encoded))
	inOrder := func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) } // [2] before [10]
	for _, name := range slices.SortedFunc(maps.Keys(encoded), inOrder) {
		all := slices.DeleteFunc(encoded[name], func(s string) bool { return s == "" })
		if several := answerOfSeveral.FindStringSubmatch(name); several != nil {
			values[several[1]] = append(values[several[1]], all...)
		} else if len(all) > 0 {
			values[name] = all
		}
	}
	for name, all := range values {
		if len(all) == 0 {
			delete(values, name)
		}
	}
	return values, err
}

// answerOfSeveral matches the name that the encoder gives to one of the answers to a question
// of a list's line; in a page all of them have the question's name.
var answerOfSeveral = regexp.MustCompile(`^(.*)\[\d+\]$`)

var encoder = form.NewEncoder()

// CleanText keeps what every database and page accepts of a text.
func CleanText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
