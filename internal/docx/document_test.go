package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func blank() Document {
	return Document{
		Title: "Proposal <&>", Author: "Tribemarket", Language: "fr", Created: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC),
		Blocks: []Block{
			{Style: Title, Text: "Proposal <&>"}, {Style: Normal, Text: "  two spaces "}, {Style: Heading, Text: "Terms"},
			{Rows: []Row{{"Fee", []string{"☐ yes", ""}}, {"Nothing", nil}}},
		},
	}
}

// parts reads the file as an archive of well-formed XML.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for i, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 && f.Name != "[Content_Types].xml" {
			t.Errorf("the first part is %s", f.Name)
		}
		if strings.Contains(string(content), `xmlns=""`) {
			t.Errorf("%s leaves its namespace: %s", f.Name, content)
		}
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		all[f.Name] = string(content)
	}
	return all
}

func TestAWordProcessorFindsEveryPart(t *testing.T) {
	t.Parallel()
	file, err := Write(blank())
	if err != nil {
		t.Fatal(err)
	}
	all := parts(t, file)
	for name, wants := range map[string][]string{
		"[Content_Types].xml":          {`xmlns="http://schemas.openxmlformats.org/package/2006/content-types"`, `<Default Extension="rels"`, `<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml">`},
		"_rels/.rels":                  {`Target="word/document.xml"`, `Target="docProps/core.xml"`},
		"word/_rels/document.xml.rels": {`Target="styles.xml"`},
		"docProps/core.xml":            {"<dc:title>Proposal &lt;&amp;&gt;</dc:title>", "<dc:language>fr</dc:language>", "2026-11-30T09:00:00Z"},
		"word/styles.xml":              {`<w:lang w:val="fr">`, `w:styleId="Title"`, `w:styleId="Heading1"`},
		"word/document.xml":            {`<w:body><w:p><w:pPr><w:pStyle w:val="Title">`, `<w:t xml:space="preserve">  two spaces </w:t>`, "☐ yes", "<w:tbl>", `<w:sectPr><w:pgSz w:w="11906" w:h="16838">`},
	} {
		for _, want := range wants {
			if !strings.Contains(all[name], want) {
				t.Errorf("%s lacks %s: %s", name, want, all[name])
			}
		}
	}
	for cell := range strings.SplitSeq(all["word/document.xml"], "<w:tc>") {
		if strings.Contains(cell, "</w:tc>") && !strings.Contains(cell, "</w:p></w:tc>") {
			t.Errorf("a cell does not end with a paragraph: %s", cell)
		}
	}
}

func TestTheSameDocumentHasTheSameBytes(t *testing.T) {
	t.Parallel()
	first, err := Write(blank())
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := Write(blank()); !bytes.Equal(first, second) {
		t.Error("the bytes differ")
	}
}
