package docx

import (
	"encoding/xml"
	"time"
)

// The parts around the document: what each file is, how they belong together, who wrote it
// and how its styles look.

type contentTypesPart struct {
	XMLName   xml.Name      `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Defaults  []contentType `xml:"Default"`
	Overrides []contentType `xml:"Override"`
}

type contentType struct {
	Extension string `xml:",attr,omitempty"`
	PartName  string `xml:",attr,omitempty"`
	Type      string `xml:"ContentType,attr"`
}

func contentTypes() contentTypesPart {
	const word = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	override := func(name, kind string) contentType {
		return contentType{PartName: name, Type: kind}
	}
	return contentTypesPart{
		Defaults: []contentType{
			{Extension: "rels", Type: "application/vnd.openxmlformats-package.relationships+xml"},
			{Extension: "xml", Type: "application/xml"},
		},
		Overrides: []contentType{
			override("/word/document.xml", word+"document.main+xml"),
			override("/word/styles.xml", word+"styles+xml"),
			override("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
		},
	}
}

type relationsPart struct {
	XMLName   xml.Name   `xml:"http://schemas.openxmlformats.org/package/2006/relationships Relationships"`
	Relations []relation `xml:"Relationship"`
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:",attr"`
	Target string `xml:",attr"`
}

const (
	officeRelations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packageNamespace = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)

func packageRelations() relationsPart {
	return relationsPart{Relations: []relation{
		{"document", officeRelations + "officeDocument", "word/document.xml"},
		{"properties", packageNamespace, "docProps/core.xml"},
	}}
}

func documentRelations() relationsPart {
	return relationsPart{Relations: []relation{{"styles", officeRelations + "styles", "styles.xml"}}}
}

type propertiesPart struct {
	XMLName  xml.Name `xml:"cp:coreProperties"`
	Core     string   `xml:"xmlns:cp,attr"`
	Dublin   string   `xml:"xmlns:dc,attr"`
	Terms    string   `xml:"xmlns:dcterms,attr"`
	Instance string   `xml:"xmlns:xsi,attr"`
	Title    string   `xml:"dc:title"`
	Creator  string   `xml:"dc:creator"`
	Language string   `xml:"dc:language"`
	Created  created  `xml:"dcterms:created"`
}

type created struct {
	Type string `xml:"xsi:type,attr"`
	At   string `xml:",chardata"`
}

func properties(d Document) propertiesPart {
	return propertiesPart{
		Core: "http://schemas.openxmlformats.org/package/2006/metadata/core-properties", Dublin: "http://purl.org/dc/elements/1.1/",
		Terms: "http://purl.org/dc/terms/", Instance: "http://www.w3.org/2001/XMLSchema-instance",
		Title: d.Title, Creator: d.Author, Language: d.Language, Created: created{"dcterms:W3CDTF", d.Created.UTC().Format(time.RFC3339)},
	}
}

type stylesPart struct {
	XMLName   xml.Name `xml:"w:styles"`
	Namespace string   `xml:"xmlns:w,attr"`
	Language  value    `xml:"w:docDefaults>w:rPrDefault>w:rPr>w:lang"`
	Styles    []style  `xml:"w:style"`
}

type style struct {
	Kind    string          `xml:"w:type,attr"`
	Default string          `xml:"w:default,attr,omitempty"`
	ID      Style           `xml:"w:styleId,attr"`
	Name    value           `xml:"w:name"`
	Outline *paragraphStyle `xml:"w:pPr"`
	Font    font            `xml:"w:rPr>w:rFonts"`
	Bold    *struct{}       `xml:"w:rPr>w:b"`
	Color   value           `xml:"w:rPr>w:color"`
	Size    value           `xml:"w:rPr>w:sz"` // in half points
}

type paragraphStyle struct {
	Keep    *struct{} `xml:"w:keepNext"`
	Spacing spacing   `xml:"w:spacing"`
	Level   *value    `xml:"w:outlineLvl"`
}

type spacing struct {
	Before string `xml:"w:before,attr"`
	After  string `xml:"w:after,attr"`
}

type font struct {
	Latin string `xml:"w:ascii,attr"`
	High  string `xml:"w:hAnsi,attr"`
}

func styles(language string) stylesPart {
	const ink = "102B22"
	serif, sans, yes := font{"Georgia", "Georgia"}, font{"Calibri", "Calibri"}, &struct{}{}
	return stylesPart{Namespace: wordNamespace, Language: value{language}, Styles: []style{
		{Kind: "paragraph", Default: "1", ID: Normal, Name: value{"Normal"}, Outline: &paragraphStyle{Spacing: spacing{"40", "60"}}, Font: sans, Color: value{ink}, Size: value{"20"}},
		{Kind: "paragraph", ID: Title, Name: value{"Title"}, Outline: &paragraphStyle{Keep: yes, Spacing: spacing{"0", "120"}}, Font: serif, Bold: yes, Color: value{ink}, Size: value{"44"}},
		{Kind: "paragraph", ID: Heading, Name: value{"heading 1"}, Outline: &paragraphStyle{yes, spacing{"320", "80"}, &value{"0"}}, Font: serif, Bold: yes, Color: value{ink}, Size: value{"26"}},
	}}
}
