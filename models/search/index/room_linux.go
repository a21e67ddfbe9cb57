package index

import (
	"syscall"
	"unsafe"
)

// advise asks for huge pages. It is only advice, so errors are ignored.
func advise[T any](s []T) {
	if size := uintptr(len(s)) * unsafe.Sizeof(*new(T)); size >= huge {
		memory := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), size) //nolint:gosec // the bytes of s, for advice alone
		_ = syscall.Madvise(memory, syscall.MADV_HUGEPAGE)
	}
}
