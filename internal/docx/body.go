package docx

import "encoding/xml"

// The elements of word/document.xml, in the order that its schema wants.

const wordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

type value struct {
	Value string `xml:"w:val,attr"`
}

type documentPart struct {
	XMLName   xml.Name `xml:"w:document"`
	Namespace string   `xml:"xmlns:w,attr"`
	Blocks    []any    `xml:"w:body>block"` // each names itself
	Page      section  `xml:"w:body>w:sectPr"`
}

type paragraph struct {
	XMLName xml.Name `xml:"w:p"`
	Style   *value   `xml:"w:pPr>w:pStyle"`
	Run     *textRun `xml:"w:r"`
}

type textRun struct {
	Bold *struct{} `xml:"w:rPr>w:b"`
	Text text      `xml:"w:t"`
}

type text struct {
	Space string `xml:"xml:space,attr"`
	Text  string `xml:",chardata"`
}

type table struct {
	XMLName xml.Name     `xml:"w:tbl"`
	Width   width        `xml:"w:tblPr>w:tblW"`
	Rule    border       `xml:"w:tblPr>w:tblBorders>w:bottom"`
	Between border       `xml:"w:tblPr>w:tblBorders>w:insideH"`
	Layout  layout       `xml:"w:tblPr>w:tblLayout"`
	Columns []gridColumn `xml:"w:tblGrid>w:gridCol"`
	Rows    []tableRow   `xml:"w:tr"`
}

type width struct {
	Width string `xml:"w:w,attr"`
	Unit  string `xml:"w:type,attr"`
}

type border struct {
	Value string `xml:"w:val,attr"`
	Size  string `xml:"w:sz,attr"`
	Space string `xml:"w:space,attr"`
	Color string `xml:"w:color,attr"`
}

type layout struct {
	Kind string `xml:"w:type,attr"`
}

type gridColumn struct {
	Width string `xml:"w:w,attr"`
}

type tableRow struct {
	Whole *struct{}   `xml:"w:trPr>w:cantSplit"`
	Cells []tableCell `xml:"w:tc"`
}

type tableCell struct {
	Width      width       `xml:"w:tcPr>w:tcW"`
	Paragraphs []paragraph `xml:"w:p"`
}

// section is the paper: A4 with margins of 20 mm.
type section struct {
	Size    pageSize    `xml:"w:pgSz"`
	Margins pageMargins `xml:"w:pgMar"`
}

type pageSize struct {
	Width  string `xml:"w:w,attr"`
	Height string `xml:"w:h,attr"`
}

type pageMargins struct {
	Top    string `xml:"w:top,attr"`
	Right  string `xml:"w:right,attr"`
	Bottom string `xml:"w:bottom,attr"`
	Left   string `xml:"w:left,attr"`
	Header string `xml:"w:header,attr"`
	Footer string `xml:"w:footer,attr"`
	Gutter string `xml:"w:gutter,attr"`
}

// The widths of a table's columns, in twentieths of a point.
const nameWidth, answerWidth, tableWidth = "2700", "6938", "9638"

func body(d Document) documentPart {
	out := documentPart{
		Namespace: wordNamespace,
		Page:      section{pageSize{"11906", "16838"}, pageMargins{"1134", "1134", "1247", "1134", "624", "624", "0"}},
	}
	for _, b := range d.Blocks {
		if len(b.Rows) > 0 {
			out.Blocks = append(out.Blocks, tableOf(b.Rows))
		} else {
			out.Blocks = append(out.Blocks, paragraphOf(b.Style, b.Text, false))
		}
	}
	return out
}

func paragraphOf(style Style, line string, bold bool) paragraph {
	p := paragraph{Style: &value{string(style)}}
	if line != "" {
		p.Run = &textRun{Text: text{"preserve", line}}
		if bold {
			p.Run.Bold = &struct{}{}
		}
	}
	return p
}

func tableOf(rows []Row) table {
	rule := border{"single", "4", "0", "D5DDD8"}
	t := table{Width: width{tableWidth, "dxa"}, Rule: rule, Between: rule, Layout: layout{"fixed"}, Columns: []gridColumn{{nameWidth}, {answerWidth}}}
	for _, r := range rows {
		answer := tableCell{Width: width{answerWidth, "dxa"}}
		for _, line := range r.Lines {
			answer.Paragraphs = append(answer.Paragraphs, paragraphOf(Normal, line, false))
		}
		if len(r.Lines) == 0 { // a cell ends with a paragraph
			answer.Paragraphs = []paragraph{paragraphOf(Normal, "", false)}
		}
		name := tableCell{width{nameWidth, "dxa"}, []paragraph{paragraphOf(Normal, r.Name, true)}}
		t.Rows = append(t.Rows, tableRow{&struct{}{}, []tableCell{name, answer}})
	}
	return t
}
