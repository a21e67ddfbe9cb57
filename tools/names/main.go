// Command names prints the share of one-word names among our functions and methods, and
// their median length, beside those of the codebases whose style we follow: a hint for
// the reader of a change, no limit. It counts all functions and methods, exported or not,
// outside of tests and generated files; a word begins at each capital.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

const models = "models: wtf, miniflux, river, pocketbase, formance: 11 to 25 % of one word, median 11 to 14"

// folders are those with code of ours.
var folders = []string{"cmd", "handlers", "internal", "models", "static", "tests", "views"}

func main() {
	byFolder := map[string][]string{}
	for _, folder := range folders {
		names, err := functionNames(folder)
		if err != nil {
			fmt.Fprintln(os.Stderr, "names:", err)
			os.Exit(1)
		}
		byFolder[folder] = names
	}
	for _, folder := range folders {
		report(folder, byFolder[folder])
	}
	report("all", slices.Concat(slices.Collect(maps.Values(byFolder))...))
	fmt.Println(models)
}

// functionNames are the names of all functions and methods below a folder, without those
// of tests and of generated files.
func functionNames(folder string) (names []string, err error) {
	return names, filepath.WalkDir(folder, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.Name() == "node_modules" {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil || ast.IsGenerated(file) {
			return err
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				names = append(names, f.Name.Name)
			}
		}
		return nil
	})
}

func report(folder string, names []string) {
	lengths := make([]int, len(names))
	oneWord := 0
	for i, name := range names {
		lengths[i] = len(name)
		if countWords(name) == 1 {
			oneWord++
		}
	}
	slices.Sort(lengths)
	fmt.Printf("%-9s %5d functions, %2d %% of one word, median %2d characters\n",
		folder, len(names), (200*oneWord+len(names))/(2*len(names)), lengths[len(lengths)/2])
}

// countWords counts the words of a name in camel case; an initialism (ID, URL) is one.
func countWords(name string) (n int) {
	r := []rune(name)
	for i, c := range r {
		if i == 0 || unicode.IsUpper(c) && (unicode.IsLower(r[i-1]) || i+1 < len(r) && unicode.IsLower(r[i+1])) {
			n++
		}
	}
	return n
}
