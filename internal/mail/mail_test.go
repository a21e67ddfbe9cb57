package mail

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestFolderGivesBackWhatWasSent(t *testing.T) {
	f := Folder{Dir: t.TempDir() + "/mails", From: "market@example.test"}
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	for i, subject := range []string{"Accepté : « Pâtes », 1 200 €", "Tweede bericht"} {
		m := Message{To: "lea@example.test", Subject: subject, Text: "Bonjour Léa,\nà bientôt", HTML: "<p>Bonjour Léa</p>", At: at.Add(time.Duration(i) * time.Second)}
		if err := f.Send(context.Background(), m); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := f.List(10)
	if err != nil || len(kept) != 2 {
		t.Fatalf("%d mails, %v", len(kept), err)
	}
	if kept[0].Subject != "Tweede bericht" || kept[1].Subject != "Accepté : « Pâtes », 1 200 €" {
		t.Errorf("subjects %q, %q", kept[0].Subject, kept[1].Subject)
	}
	k := kept[1]
	if k.To != "lea@example.test" || !strings.Contains(strings.ReplaceAll(k.Text, "\r", ""), "Léa,\nà") || !strings.Contains(k.HTML, "<p>Bonjour Léa</p>") || !k.At.Equal(at) {
		t.Errorf("kept %+v", k)
	}
	if one, _ := f.List(1); len(one) != 1 {
		t.Errorf("most is not kept: %d", len(one))
	}
}

func TestAHeaderCannotBeInjected(t *testing.T) {
	f := Folder{Dir: t.TempDir(), From: "market@example.test"}
	m := Message{To: "lea@example.test", Subject: "Hi\r\nBcc: all@example.test", Text: "x", HTML: "x", At: time.Now()}
	if err := f.Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	kept, err := f.List(1)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(kept[0].To, "all@") {
		t.Errorf("a second receiver: %q", kept[0].To)
	}
}
