//go:build !linux

package index

func advise[T any]([]T) {}
