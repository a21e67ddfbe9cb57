package index

// huge is the size of a huge page, the least for which it is worth asking.
const huge = 2 << 20

// room is a slice of n zeroes, on huge pages where the system has them: a walk
// over hits reads memory here and there, and finding the page of an address
// would take as long as reading it.
func room[T any](n int) []T {
	s := make([]T, n)
	advise(s)
	return s
}
