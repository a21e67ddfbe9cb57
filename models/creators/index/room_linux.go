package index

import (
	"syscall"
	"unsafe"
)

// advise asks for huge pages. It is only advice: an error changes nothing.
func advise[T any](s []T) {
	if size := uintptr(len(s)) * unsafe.Sizeof(*new(T)); size >= huge {
		_ = syscall.Madvise(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), size), syscall.MADV_HUGEPAGE)
	}
}
