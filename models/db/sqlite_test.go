package db

import "testing"

func TestOldSQLiteIsRefused(t *testing.T) {
	t.Parallel()
	for version, ok := range map[string]bool{"3.51.2": false, "3.51.3": true, "3.53.4": true, "3.40.1": false, "3.6": false, "4.0.0": true, "": false} {
		if isSafeSQLiteVersion(version) != ok {
			t.Errorf("%q: %v", version, !ok)
		}
	}
}
