package terms_test

import (
	"reflect"
	"slices"
	"testing"

	"tribemarket/internal/testkit/dealtest"
	"tribemarket/models"
	"tribemarket/models/terms"
)

// Whatever terms hold is stored, and is a difference where it changes: a field that no clause
// looks at is found here.
func TestEveryFieldOfTermsIsADifferenceAndIsStored(t *testing.T) {
	t.Parallel()
	f := dealtest.FullTerms()
	f.Fee, f.Deliverables[0].Fee, f.Deliverables[1].Fee = "", "200", "50"
	full := read(t, f)
	full.Commission.PerSale = 100 // no form says both
	fields := 0
	eachField(reflect.ValueOf(&full).Elem(), "", func(name string, field reflect.Value) {
		if name == ".Version" {
			return
		}
		fields++
		before, hash := full.Encode(), full.Hash()
		kept := reflect.New(field.Type()).Elem()
		kept.Set(field)
		if field.IsZero() {
			t.Errorf("%s says nothing here", name)
		}
		changeField(t, name, field)
		old, err := terms.Decode(before)
		if err != nil {
			t.Fatal(err)
		}
		stored, err := terms.Decode(full.Encode())
		if err != nil || full.Hash() == hash || len(stored.Differences(full)) > 0 {
			t.Errorf("%s is not stored: %v", name, err)
		}
		if found := full.Differences(old); len(found) == 0 || !slices.Equal(found, old.Differences(stored)) {
			t.Errorf("%s changes %v", name, found)
		}
		field.Set(kept)
	})
	if fields < 50 {
		t.Errorf("only %d fields were tried", fields)
	}
}

// eachField calls do with every value inside a value that has no parts of its own.
func eachField(v reflect.Value, name string, do func(string, reflect.Value)) {
	switch {
	case v.Type() == reflect.TypeFor[models.Date]():
		do(name, v)
	case v.Kind() == reflect.Struct:
		for field := range v.Type().Fields() {
			eachField(v.FieldByIndex(field.Index), name+"."+field.Name, do)
		}
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		eachField(v.Index(v.Len()-1), name, do)
	default:
		do(name, v)
	}
}

func changeField(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	switch {
	case v.Type() == reflect.TypeFor[models.Date]():
		v.Set(reflect.ValueOf(models.Date{Year: 2031, Month: 5, Day: 6}))
	case v.Kind() == reflect.String:
		v.SetString(v.String() + "x")
	case v.CanInt():
		v.SetInt(v.Int() + 1)
	case v.Kind() == reflect.Bool:
		v.SetBool(!v.Bool())
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.String:
		v.Set(reflect.Append(v, reflect.ValueOf("x")))
	default:
		t.Fatalf("%s is a %s, which this test cannot change", name, v.Type())
	}
}
