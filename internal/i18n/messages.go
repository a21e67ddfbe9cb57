package i18n

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"

	"tribemarket/models"
)

//go:embed locales/*.json
var localeFiles embed.FS

type textCatalogue struct {
	localizers map[Locale]*goi18n.Localizer
	plain      map[Locale]map[string]string // texts without a plural or a placeholder
	known      map[string]bool
}

// loadedTexts are read once, at first use; a broken file means a broken build, so it
// panics.
var loadedTexts = sync.OnceValue(func() *textCatalogue {
	c, err := loadTexts(localeFiles)
	if err != nil {
		panic("i18n: " + err.Error())
	}
	return c
})

func loadTexts(in fs.FS) (*textCatalogue, error) {
	bundle := goi18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	c := &textCatalogue{map[Locale]*goi18n.Localizer{}, map[Locale]map[string]string{}, map[string]bool{}}
	for _, l := range Locales() {
		c.localizers[l] = goi18n.NewLocalizer(bundle, string(l))
		c.plain[l] = map[string]string{}
	}
	paths, err := fs.Glob(in, "locales/*.json")
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		raw, err := fs.ReadFile(in, path)
		if err != nil {
			return nil, err
		}
		file, err := bundle.ParseMessageFileBytes(raw, path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		l, ok := ParseLocale(file.Tag.String())
		if !ok {
			return nil, fmt.Errorf("%s: no such language", path)
		}
		for _, m := range file.Messages {
			c.known[m.ID] = true
			if m.One == "" && !strings.Contains(m.Other, "{{") {
				c.plain[l][m.ID] = m.Other
			}
		}
	}
	return c, nil
}

// T is the text of a key in the reader's language. The arguments are pairs of name and
// value for the placeholders; "n" is the count that chooses the plural. Numbers, money,
// days and times among them are formatted for the language. A key without a text is shown
// as itself.
func T(ctx context.Context, key string, args ...any) string {
	r := readerSettingsOf(ctx)
	c := loadedTexts()
	if s, ok := c.plain[r.locale][key]; ok {
		return s
	}
	values, count := formatArguments(ctx, args)
	// An error together with a text means a plural form that the language shares with
	// another.
	s, _ := c.localizers[r.locale].Localize(&goi18n.LocalizeConfig{
		MessageID: key, TemplateData: values, PluralCount: count, TemplateParser: placeholderParser{},
	})
	if s != "" {
		return s
	}
	if r.missing != nil {
		r.missing(r.locale, key)
	}
	return key
}

// HasText says whether the key has a text.
func HasText(key string) bool { return loadedTexts().known[key] }

func formatArguments(ctx context.Context, args []any) (values map[string]string, count any) {
	values = make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		values[name] = formatArgument(ctx, args[i+1])
		if name == "n" {
			switch args[i+1].(type) {
			case int, int64:
				count = args[i+1]
			}
		}
	}
	return values, count
}

func formatArgument(ctx context.Context, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return Number(ctx, int64(v))
	case int64:
		return Number(ctx, v)
	case models.Money:
		return Money(ctx, v)
	case models.Date:
		return Day(ctx, v)
	case time.Time:
		return DateTime(ctx, v)
	}
	return fmt.Sprint(v)
}

// placeholderParser reads only "{{.name}}": translators need no more, and a page has
// hundreds of texts.
type placeholderParser struct{}

func (placeholderParser) Cacheable() bool { return true }

func (placeholderParser) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	var t templatePieces
	for {
		before, rest, ok := strings.Cut(src, "{{.")
		if !ok {
			return append(t, src), nil
		}
		name, after, ok := strings.Cut(rest, "}}")
		if !ok {
			return nil, fmt.Errorf("placeholder is not closed: %q", src)
		}
		t = append(t, before, name)
		src = after
	}
}

// templatePieces alternate: text, placeholder, text, ..., text.
type templatePieces []string

func (t templatePieces) Execute(data any) (string, error) {
	values, _ := data.(map[string]string)
	var b strings.Builder
	for i, s := range t {
		if i%2 == 0 {
			b.WriteString(s)
		} else {
			b.WriteString(values[s])
		}
	}
	return b.String(), nil
}
