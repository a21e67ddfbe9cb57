package sheets

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"
)

// scanFile passes every byte of a file to the function, which returns how many it has
// used; the others are passed again with what follows them.
func scanFile(open func() (io.ReadCloser, error), scan func(block []byte, last bool) (used int)) error {
	f, err := open()
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	block, kept := make([]byte, headSize), 0
	for {
		n, err := f.Read(block[kept:])
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		used := scan(block[:kept+n], errors.Is(err, io.EOF))
		kept = copy(block, block[used:kept+n])
		if errors.Is(err, io.EOF) {
			return nil
		}
	}
}

// utf8Scan counts the multi-byte characters that are UTF-8, and the bytes that are not.
type utf8Scan struct {
	valid, invalid    int
	firstInvalid      int64 // offset
	offset            int64
	lineFeeds, breaks int64 // before the first invalid byte: LF, and CR

	allLineFeeds, allBreaks int64
	invalidLines            int64
	onInvalidLine           bool // the last invalid byte stands on this line
}

func (s *utf8Scan) scan(p []byte, last bool) int {
	i, compared := 0, 0
	for i < len(p) {
		if len(p)-i >= 8 && binary.LittleEndian.Uint64(p[i:])&0x8080808080808080 == 0 {
			i += 8
			continue
		}
		if p[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !last && !utf8.FullRune(p[i:]) {
			break
		}
		r, size := utf8.DecodeRune(p[i:])
		if r == utf8.RuneError && size == 1 {
			s.leaveLine(p[compared:i])
			if compared = i; !s.onInvalidLine {
				s.onInvalidLine = true
				s.invalidLines++
			}
			if s.invalid++; s.invalid == 1 {
				s.firstInvalid = s.offset + int64(i)
				s.countLines(p[:i])
			}
		} else {
			s.valid++
		}
		i += size
	}
	if s.invalid == 0 {
		s.countLines(p[:i])
	}
	s.leaveLine(p[compared:i])
	s.allLineFeeds += int64(bytes.Count(p[:i], []byte{'\n'}))
	s.allBreaks += int64(bytes.Count(p[:i], []byte{'\r'}))
	s.offset += int64(i)
	return i
}

// leaveLine notes that a line has ended in these bytes.
func (s *utf8Scan) leaveLine(p []byte) {
	s.onInvalidLine = s.onInvalidLine && !bytes.ContainsAny(p, "\r\n")
}

// isMostlyUTF8 says whether only a few rows of a file of UTF-8 are broken: a tenth of
// the characters at most, or of a file with some characters that are fine a quarter of
// the lines.
func (s *utf8Scan) isMostlyUTF8() bool {
	return s.invalid*10 <= s.valid || s.valid > 0 && s.invalid <= 2*s.valid && s.invalidLines*4 <= s.lines()
}

// isMostlyASCII says whether no more than one line in twenty has bytes that are not.
func (s *utf8Scan) isMostlyASCII() bool { return s.valid == 0 && s.invalidLines*20 <= s.lines() }

func (s *utf8Scan) lines() int64 { return max(s.allLineFeeds, s.allBreaks) }

func (s *utf8Scan) countLines(p []byte) {
	s.lineFeeds += int64(bytes.Count(p, []byte{'\n'}))
	s.breaks += int64(bytes.Count(p, []byte{'\r'}))
}

// line is the line with the first invalid byte.
func (s *utf8Scan) line() int64 {
	if s.lineFeeds == 0 {
		return s.breaks + 1
	}
	return s.lineFeeds + 1
}

// westernScan finds out whether a file that is not UTF-8 can only be windows-1252 (which
// includes Latin-1): each non-ASCII byte is a letter of a western language next to an
// ASCII letter, or a typographic mark where such marks occur. Cyrillic and Japanese have
// runs of such bytes; Mac Roman, DOS and Central European code pages have letters where
// windows-1252 has marks or rare letters.
type westernScan struct {
	letters int
	unsure  bool
	before  byte    // the ASCII byte before the run
	run     [3]byte // of non-ASCII bytes
	length  int
}

func (s *westernScan) scan(p []byte, last bool) int {
	for _, b := range p {
		if b >= utf8.RuneSelf {
			if s.length < len(s.run) {
				s.run[s.length] = b
				s.length++
			}
			continue
		}
		if s.length > 0 {
			s.judge(b)
		}
		s.before = b
	}
	if last && s.length > 0 {
		s.judge('\n')
	}
	return len(p)
}

func (s *westernScan) isSure() bool { return !s.unsure && s.letters > 0 }

func (s *westernScan) judge(after byte) {
	run := s.run[:s.length]
	s.length = 0
	if len(run) == len(s.run) {
		s.unsure = true
		return
	}
	for i, b := range run {
		l, r := s.before, after
		if i > 0 {
			l = run[i-1]
		}
		if i < len(run)-1 {
			r = run[i+1]
		}
		s.judgeByte(l, b, r)
	}
}

func (s *westernScan) judgeByte(l, b, r byte) {
	beside := isASCIILetter(l) || isASCIILetter(r)
	switch {
	case bytes.IndexByte(rareLetters, b) >= 0, b == 0xf5 && r != 'e': // õ, or the Hungarian ő
		s.unsure = true
	case b >= 0xc0:
		capital := b < 0xdf
		s.unsure = s.unsure || capital && 'a' <= l && l <= 'z'
		if beside {
			s.letters++
		} else if l >= utf8.RuneSelf && r >= utf8.RuneSelf {
			s.unsure = true
		}
	case bytes.IndexByte(innerMarks, b) >= 0:
	case bytes.IndexByte(outerMarks, b) >= 0:
		s.unsure = s.unsure || isASCIILetter(l) && isASCIILetter(r)
	default:
		s.unsure = true
	}
}

var (
	rareLetters = []byte("\xd0\xd5\xd7\xdd\xde\xf0\xf7\xfd\xfe") // ÐÕ×ÝÞð÷ýþ, where other code pages have frequent letters
	innerMarks  = []byte("\x92\xa0\xb7")                         // ’, the non-breaking space, and ·: also between letters
	outerMarks  = []byte("\x80\x85\x91\x93\x94\x96\x97\x99\xa1\xa3\xa9\xab\xae\xb0\xbb\xbf")
)
