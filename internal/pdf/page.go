package pdf

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/bidi"
)

// pageStyle is the paper of every document, with the page's number at its foot.
const pageStyle = `@page { size: A4; margin: 20mm 20mm 22mm; @bottom-right { content: counter(page) " / " counter(pages); font-family: Sans; font-size: 8pt; color: #5c5a55 } }
body { font-family: Sans; font-size: 10pt; line-height: 1.45 }
`

// preparePage names a font for every letter of the page, and declares those that it uses.
func preparePage(page string) (string, error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return "", fmt.Errorf("pdf: parse: %w", err)
	}
	used := map[*family]bool{sans: true, serif: true}
	if err := nameFonts(root, used); err != nil {
		return "", err
	}
	if head := findElement(root, atom.Head); head != nil {
		style := &html.Node{Type: html.ElementNode, DataAtom: atom.Style, Data: "style"}
		style.AppendChild(&html.Node{Type: html.TextNode, Data: fontFaces(used) + pageStyle})
		head.InsertBefore(style, head.FirstChild)
	}
	var out strings.Builder
	if err := html.Render(&out, root); err != nil {
		return "", fmt.Errorf("pdf: render: %w", err)
	}
	return out.String(), nil
}

// nameFonts puts each piece of text that needs another font into a span that names it.
func nameFonts(n *html.Node, used map[*family]bool) error {
	switch {
	case n.Type == html.TextNode:
		return nameFontsOfText(n, used)
	case n.Type == html.ElementNode && n.DataAtom == atom.Style && n.FirstChild != nil:
		n.FirstChild.Data = keepSpaces(n.FirstChild.Data)
		return nil
	case n.Type == html.ElementNode && slices.Contains([]atom.Atom{atom.Style, atom.Script, atom.Title}, n.DataAtom):
		return nil
	case n.Type == html.ElementNode:
		resolveAttributes(n)
	}
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling // a text is replaced by its pieces
		if err := nameFonts(child, used); err != nil {
			return err
		}
		child = next
	}
	return nil
}

func nameFontsOfText(n *html.Node, used map[*family]bool) error {
	runs, err := splitByFont(n.Data)
	if err != nil {
		return err
	}
	for _, r := range runs {
		piece := &html.Node{Type: html.TextNode, Data: r.text}
		if r.family != sans {
			used[r.family] = true
			span := &html.Node{Type: html.ElementNode, DataAtom: atom.Span, Data: "span",
				Attr: []html.Attribute{{Key: "style", Val: "font-family: " + r.family.name}}}
			span.AppendChild(piece)
			piece = span
		}
		n.Parent.InsertBefore(piece, n)
	}
	n.Parent.RemoveChild(n)
	return nil
}

// resolveAttributes replaces what the layout does not know.
func resolveAttributes(n *html.Node) {
	for i, a := range n.Attr {
		if a.Key == "style" {
			n.Attr[i].Val = keepSpaces(a.Val)
		}
		if a.Key == "dir" && a.Val == "auto" {
			n.Attr[i].Val = "ltr"
			if startsRightToLeft(textOf(n)) {
				n.Attr[i].Val = "rtl"
			}
		}
	}
}

// keepSpaces has a style keep the spaces of a text with its lines: where only lines are kept,
// the layout drops the spaces beside a change of font.
func keepSpaces(style string) string { return strings.ReplaceAll(style, "pre-line", "pre-wrap") }

func startsRightToLeft(text string) bool {
	for _, r := range text {
		switch p, _ := bidi.LookupRune(r); p.Class() {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for child := range n.ChildNodes() {
		b.WriteString(textOf(child))
	}
	return b.String()
}

func findElement(n *html.Node, name atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == name {
			return d
		}
	}
	return nil
}

// fontFaces declares the fonts in a fixed order.
func fontFaces(used map[*family]bool) string {
	var b strings.Builder
	for _, f := range families {
		if !used[f] {
			continue
		}
		fmt.Fprintf(&b, "@font-face { font-family: %s; src: url(%s) }\n", f.name, f.regular.file)
		if f.bold != nil {
			fmt.Fprintf(&b, "@font-face { font-family: %s; font-weight: 700; src: url(%s) }\n", f.name, f.bold.file)
		}
	}
	return b.String()
}
