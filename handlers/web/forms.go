package web

import (
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
	values, err := encoder.Encode(from)
	for name, all := range values {
		if all = slices.DeleteFunc(all, func(s string) bool { return s == "" }); len(all) > 0 {
			values[name] = all
		} else {
			delete(values, name)
		}
	}
	return values, err
}

var encoder = form.NewEncoder()

// CleanText keeps what every database and page accepts of a text.
func CleanText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
