package text

import "testing"

func TestParseAmount(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int64{
		"600": 600_00, "600.5": 600_50, "600,50": 600_50, "0.99": 99, "1,200": 1200_00, "1.200": 1200_00, "1 200": 1200_00, "1\u202f200,50": 1200_50, "1,200.50": 1200_50, "1.200,50": 1200_50,
		"1k": 1000_00, "1.5k": 1500_00, "1,5 k": 1500_00, "10K": 10_000_00, "2 mille": 2000_00, "1.5 m": 1_500_000_00, " 7 ": 7_00,
	} {
		if got, ok := ParseAmount(typed, 2); !ok || got != want {
			t.Errorf("%q is %d, want %d", typed, got, want)
		}
	}
	for typed, want := range map[string]int64{"1.200": 1200, "1,5": 1500, "2k": 2000_000} {
		if got, ok := ParseAmount(typed, 3); !ok || got != want {
			t.Errorf("with three decimals %q is %d, want %d", typed, got, want)
		}
	}
	for _, typed := range []string{"", "k", "many", "-5", "1.2.3", "5 %", "1e3x", "99999999999999999999", "999999999m", "€5"} {
		if got, ok := ParseAmount(typed, 2); ok {
			t.Errorf("%q is %d", typed, got)
		}
	}
}
