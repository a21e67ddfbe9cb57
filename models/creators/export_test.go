package creators

// Relist is relist, for tests that write accounts themselves.
var Relist = relist

// Fold is fold.
var Fold = fold

// NextReading is nextReading.
var NextReading = nextReading

// MeasureGrowth is measureGrowth.
var MeasureGrowth = measureGrowth

// ParseHandle is parseHandle.
func ParseHandle(s string) (string, bool) { return parseHandle(s) }
