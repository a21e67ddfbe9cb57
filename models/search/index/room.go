package index

// huge is the size of a huge page, the smallest slice that asks for them.
const huge = 2 << 20

// room returns a slice of n zeroes, on huge pages if the system has them: a
// walk over hits reads scattered memory, and with small pages translating
// addresses would take as long as reading.
func room[T any](n int) []T {
	s := make([]T, n)
	advise(s)
	return s
}
