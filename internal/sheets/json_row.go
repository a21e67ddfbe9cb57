package sheets

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

const (
	maxColumns = 16_384 // as in a spreadsheet
	maxNesting = 16     // of objects within a row
)

// flattenObject yields each value of an object with its name, and those of nested objects
// with both names joined by a point: author.uniqueId.
func flattenObject(object []byte, take func(key, value string)) error {
	d := json.NewDecoder(bytes.NewReader(object))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return orBad(err)
	}
	if err := flattenInto(d, "", 1, take); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errBadJSON
	}
	return nil
}

func flattenInto(d *json.Decoder, prefix string, depth int, take func(key, value string)) error {
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		key := prefix + name
		if t, err = d.Token(); err != nil {
			return err
		}
		switch {
		case t == json.Delim('{') && depth == maxNesting:
			return errBadJSON
		case t == json.Delim('{'):
			err = flattenInto(d, key+".", depth+1, take)
		case t == json.Delim('['):
			var all []string
			if all, err = listNames(d); err == nil {
				take(key, strings.Join(all, ","))
			}
		default:
			take(key, scalarText(t))
		}
		if err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// listNames returns the texts of an array, and the names of the objects in it.
func listNames(d *json.Decoder) ([]string, error) {
	var all []string
	for d.More() {
		var element any
		if err := d.Decode(&element); err != nil {
			return nil, err
		}
		if text := elementText(element); text != "" {
			all = append(all, text)
		}
	}
	_, err := d.Token()
	return all, err
}

func elementText(element any) string {
	object, ok := element.(map[string]any)
	if !ok {
		return scalarText(element)
	}
	for _, name := range []string{"name", "title", "text"} {
		if text := scalarText(object[name]); text != "" {
			return text
		}
	}
	return ""
}

func scalarText(value any) string {
	switch v := value.(type) {
	case string:
		return strings.ReplaceAll(v, "\x00", "")
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}
