package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// mend sets right what folio v0.11.0 writes wrong, object by object:
//   - a page number is opened by "/Artifact BDC", which lacks an operand;
//   - the marks of a letter are placed from the beginning of the word instead of the letter;
//   - the cmap of a subset font, which nothing reads, differs each time for Devanagari.
func mend(file []byte) ([]byte, error) {
	offsets, table, err := readOffsets(file)
	if err != nil {
		return nil, err
	}
	out := bytes.NewBuffer(make([]byte, 0, len(file)))
	out.Write(file[:offsets[0]])
	moved := make([]int, len(offsets))
	for i, offset := range offsets {
		end := table
		if i+1 < len(offsets) {
			end = offsets[i+1]
		}
		if end < offset || end > len(file) {
			return nil, errBroken
		}
		moved[i] = out.Len()
		object, err := mendObject(file[offset:end])
		if err != nil {
			return nil, err
		}
		out.Write(object)
	}
	trailer := bytes.Index(file[table:], []byte("trailer\n"))
	start := bytes.LastIndex(file, []byte("startxref\n"))
	if trailer < 0 || start < table+trailer {
		return nil, errBroken
	}
	newTable := out.Len()
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(moved)+1)
	for _, offset := range moved {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	out.Write(file[table+trailer : start])
	fmt.Fprintf(out, "startxref\n%d\n%%%%EOF\n", newTable)
	return out.Bytes(), nil
}

var lengthOfFont = regexp.MustCompile(`/Length1 \d+ `)

var errBroken = errors.New("pdf: the file is not as folio writes it")

// readOffsets reads where the objects, which are numbered in their order, and their table begin.
func readOffsets(file []byte) (offsets []int, table int, err error) {
	_, tail, _ := bytes.Cut(file[max(0, bytes.LastIndex(file, []byte("startxref\n"))):], []byte("\n"))
	if _, err := fmt.Sscan(string(tail), &table); err != nil || table <= 0 || table >= len(file) {
		return nil, 0, errBroken
	}
	lines := strings.Split(string(file[table:]), "\n")
	if len(lines) < 4 || lines[0] != "xref" {
		return nil, 0, errBroken
	}
	for _, line := range lines[3:] { // after the free entry
		if line == "trailer" {
			break
		}
		offset, err := strconv.Atoi(strings.TrimLeft(strings.TrimSuffix(line, " 00000 n "), "0"))
		if err != nil {
			return nil, 0, errBroken
		}
		offsets = append(offsets, offset)
	}
	if len(offsets) == 0 {
		return nil, 0, errBroken
	}
	return offsets, table, nil
}

// mendObject returns the object with its stream mended, if it is a page's or a font's.
func mendObject(object []byte) ([]byte, error) {
	head, rest, isStream := bytes.Cut(object, []byte("\nstream\n"))
	before, length, packed := strings.Cut(string(head), "/Filter /FlateDecode /Length ")
	isFont := strings.Contains(before, "/Length1 ")
	isContent := strings.HasSuffix(before, " obj\n<< ")
	if !isStream || !packed || !isFont && !isContent {
		return object, nil
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, " >>"))
	if err != nil || n > len(rest) {
		return nil, errBroken
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(rest[:n]))
	if err != nil {
		return nil, fmt.Errorf("pdf: stream: %w", err)
	}
	stream, err := io.ReadAll(unpacked)
	if err != nil {
		return nil, fmt.Errorf("pdf: stream: %w", err)
	}
	if !isFont {
		stream = mendContent(stream)
	} else if stream, err = mendFont(stream); err != nil {
		return nil, err
	} else {
		before = lengthOfFont.ReplaceAllString(before, fmt.Sprintf("/Length1 %d ", len(stream)))
	}
	var repacked bytes.Buffer
	w := zlib.NewWriter(&repacked)
	if _, err := w.Write(stream); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%s/Filter /FlateDecode /Length %d >>\nstream\n%s%s", before, repacked.Len(), repacked.Bytes(), rest[n:]), nil
}

// mendContent rewrites the operators of a page. Within a word, a second Td would count from
// the word's beginning; an adjustment in TJ and a rise count from where the pen is.
func mendContent(stream []byte) []byte {
	var out bytes.Buffer
	var size, rise float64
	moves := 0
	for line := range bytes.Lines(stream) {
		operands := strings.Fields(string(line))
		operator := ""
		if len(operands) > 0 {
			operator = operands[len(operands)-1]
		}
		switch {
		case operator == "BDC" && operands[0] == "/Artifact" && len(operands) == 2:
			out.WriteString("/Artifact BMC\n")
			continue
		case operator == "BT":
			moves, rise = 0, 0
		case operator == "Tf" && len(operands) == 3:
			size, _ = strconv.ParseFloat(operands[1], 64)
		case operator == "Td" && len(operands) == 3:
			if moves++; moves > 1 && size > 0 {
				dx, _ := strconv.ParseFloat(operands[0], 64)
				dy, _ := strconv.ParseFloat(operands[1], 64)
				rise += dy
				fmt.Fprintf(&out, "[%s] TJ\n%s Ts\n", formatNumber(-dx*1000/size), formatNumber(rise))
				continue
			}
		case operator == "ET" && formatNumber(rise) != "0":
			out.WriteString("0 Ts\n")
		}
		out.Write(line)
	}
	return out.Bytes()
}

func formatNumber(v float64) string {
	v = math.Round(v*1000) / 1000
	if v == 0 {
		v = 0 // not -0
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// emptyCmap is a table of characters without any: one subtable, for Windows and Unicode, of
// format 4, whose only segment ends it.
var emptyCmap = []byte{
	0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12,
	0, 4, 0, 24, 0, 0, 0, 2, 0, 2, 0, 0, 0, 0,
	0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 1, 0, 0,
}

// mendFont puts the tables of a font together anew, with an empty cmap: the PDF names glyphs.
func mendFont(font []byte) ([]byte, error) {
	if len(font) < 12 {
		return nil, errBroken
	}
	tables := int(binary.BigEndian.Uint16(font[4:]))
	directory := 12 + 16*tables
	if len(font) < directory {
		return nil, errBroken
	}
	out := bytes.Clone(font[:directory])
	var header int
	for at := 12; at < directory; at += 16 {
		tag := string(font[at : at+4])
		offset, length := uint64(binary.BigEndian.Uint32(font[at+8:])), uint64(binary.BigEndian.Uint32(font[at+12:]))
		if offset+length > uint64(len(font)) {
			return nil, errBroken
		}
		table := font[offset : offset+length]
		switch {
		case tag == "cmap":
			table = emptyCmap
		case tag == "head" && length >= 12:
			header = len(out)
			binary.BigEndian.PutUint32(table[8:], 0) // while sums are made
		}
		binary.BigEndian.PutUint32(out[at+4:], checksum(table))
		binary.BigEndian.PutUint32(out[at+8:], uint32(len(out)))
		binary.BigEndian.PutUint32(out[at+12:], uint32(len(table)))
		out = append(out, table...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	if header > 0 {
		binary.BigEndian.PutUint32(out[header+8:], 0xB1B0AFBA-checksum(out))
	}
	return out, nil
}

// checksum adds up big-endian words, as TrueType does.
func checksum(data []byte) (sum uint32) {
	for len(data) >= 4 {
		sum += binary.BigEndian.Uint32(data)
		data = data[4:]
	}
	if len(data) > 0 {
		var last [4]byte
		copy(last[:], data)
		sum += binary.BigEndian.Uint32(last[:])
	}
	return sum
}
