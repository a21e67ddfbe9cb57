package components

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"tribemarket/internal/i18n"
)

// Option is one answer of a select, a radio set or a set of checkboxes.
type Option struct {
	Value string
	Label string
	Note  string // a second line
	Count string // how many have it
	Group string // in a select, the option's group
	Off   bool   // shown as having no effect; can still be chosen
	Mark  *Mark  // of a tribe
}

// Field is a question with its label, hint, answer and error.
type Field struct {
	Name         string
	ID           string // made from the name unless set
	Label        string
	Hint         string
	Error        string
	Value        string
	Values       []string // chosen ones of a set of checkboxes
	Type         string   // of an input; "text" unless set
	Autocomplete string
	InputMode    string
	Placeholder  string
	Prefix       string
	Suffix       string
	Required     bool
	Optional     bool // says so after the label
	Off          bool
	HideLabel    bool // the label is only read out
	MaxLength    int
	Rows         int
	Min, Max     string
	Step         string
	Class        string // of the whole field, for its width in a row
	Options      []Option
	Attrs        templ.Attributes // more attributes of the control
}

// FieldID is the id of a field by its name: that of "deliverables[0].format" is
// "f-deliverables-0-format". The error summary links to it.
func FieldID(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
			return r
		case r == ']':
			return -1
		}
		return '-'
	}, name)
	return "f-" + clean
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return FieldID(f.Name)
}

// describedBy names the hint and the error, the error first.
func (f Field) describedBy() string {
	var ids []string
	if f.Error != "" {
		ids = append(ids, f.id()+"-error")
	}
	if f.Hint != "" {
		ids = append(ids, f.id()+"-hint")
	}
	return strings.Join(ids, " ")
}

// ariaAttributes are the attributes that tie a control to its hint and its error.
func (f Field) ariaAttributes() templ.Attributes {
	all := templ.Attributes{"id": f.id(), "name": f.Name}
	if d := f.describedBy(); d != "" {
		all["aria-describedby"] = d
	}
	if f.Error != "" {
		all["aria-invalid"] = "true"
	}
	if f.Required {
		// The server validates and answers in the reader's language, so the browser's own validation stays off.
		all["aria-required"] = "true"
	}
	if f.Off {
		all["disabled"] = true
	}
	for k, v := range f.Attrs {
		all[k] = v
	}
	return all
}

func (f Field) inputAttributes() templ.Attributes {
	all := f.ariaAttributes()
	for k, v := range map[string]string{
		"autocomplete": f.Autocomplete, "inputmode": f.InputMode, "placeholder": f.Placeholder,
		"min": f.Min, "max": f.Max, "step": f.Step, "maxlength": positive(f.MaxLength),
	} {
		if _, set := all[k]; v != "" && !set {
			all[k] = v
		}
	}
	return all
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return plainNumber(int64(n))
}

func (f Field) kind() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) holds(value string) bool {
	if len(f.Values) == 0 {
		return f.Value == value
	}
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return false
}

// optionID is the id of one option of a set; the first has the field's own id, so that
// the error summary leads to it.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + plainNumber(int64(i+1))
}

// optionGroups returns the options by group, the groups in order of first appearance.
func (f Field) optionGroups() (names []string, options map[string][]Option) {
	options = map[string][]Option{}
	for _, o := range f.Options {
		if _, seen := options[o.Group]; !seen {
			names = append(names, o.Group)
		}
		options[o.Group] = append(options[o.Group], o)
	}
	return names, options
}

// Amount is a field for money.
type Amount struct {
	Field
	Currency   string   // chosen, or the only one
	Currencies []string // to choose from; their field's name ends in _currency
}

func (a Amount) currencyField(ctx context.Context) Field {
	f := Field{
		Name: a.Name + "_currency", Value: a.Currency, HideLabel: true, Off: a.Off,
		Label: i18n.T(ctx, "components.currency", "label", a.Label),
	}
	for _, c := range a.Currencies {
		f.Options = append(f.Options, Option{Value: c, Label: c})
	}
	return f
}

// Problem is an error of a field, for the summary.
type Problem struct {
	Field   string // its name
	Message string
}
