package models_test

import (
	"testing"

	"tribemarket/models"
)

func TestANetworkIsAnAddressOrTheHouseholdsPrefix(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"203.0.113.7": "203.0.113.7", "::ffff:203.0.113.7": "203.0.113.7",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2::1": "2001:db8:1:2::/64", "2001:db8:1:3::1": "2001:db8:1:3::/64",
		"fe80::1%eth0": "fe80::/64", "": "", "nonsense": "nonsense",
	} {
		if got := (models.Origin{Address: address}).Network(); got != want {
			t.Errorf("%q is counted as %q, want %q", address, got, want)
		}
	}
}
