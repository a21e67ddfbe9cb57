package mail

import (
	"context"
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// FolderSender writes each mail to a file; the names sort by time.
type FolderSender struct {
	Dir  string
	From Origin
}

// Reaches says that a file can be written for any address.
func (f FolderSender) Reaches(context.Context, string) bool { return true }

// Send writes the mail as .eml.
func (f FolderSender) Send(_ context.Context, m Message) error {
	msg, err := buildMessage(f.From, m)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.Dir, 0o750); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.Dir, m.At.UTC().Format("20060102-150405")+"-*.part")
	if err != nil {
		return err
	}
	if _, err := msg.WriteTo(file); err != nil {
		return fmt.Errorf("write the mail: %w", err)
	}
	if err := file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), strings.TrimSuffix(file.Name(), ".part")+".eml")
}

// StoredMail is a mail written by a FolderSender.
type StoredMail struct {
	Name string // of the file
	Message
}

// ListMails reads the newest mails of the folder, newest first.
func (f FolderSender) ListMails(most int) ([]StoredMail, error) {
	names, err := filepath.Glob(filepath.Join(f.Dir, "*.eml"))
	if err != nil {
		return nil, err
	}
	sort.Sort(sort.Reverse(sort.StringSlice(names)))
	var kept []StoredMail
	for _, n := range names[:min(most, len(names))] {
		k, err := f.readMail(n)
		if err != nil {
			return nil, err
		}
		kept = append(kept, k)
	}
	return kept, nil
}

func (f FolderSender) readMail(path string) (StoredMail, error) {
	msg, err := gomail.EMLToMsgFromFile(path)
	if err != nil {
		return StoredMail{}, err
	}
	k := StoredMail{Name: strings.TrimSuffix(filepath.Base(path), ".eml")}
	for i, a := range msg.GetTo() {
		if i > 0 {
			k.To += ", "
		}
		k.To += a.Address
	}
	if s := msg.GetGenHeader(gomail.HeaderSubject); len(s) > 0 {
		var words mime.WordDecoder
		if k.Subject, err = words.DecodeHeader(s[0]); err != nil {
			return k, err
		}
	}
	if u := msg.GetGenHeader(gomail.HeaderListUnsubscribe); len(u) > 0 {
		k.Unsubscribe = strings.Trim(u[0], "<>")
	}
	if d := msg.GetGenHeader(gomail.HeaderDate); len(d) > 0 {
		k.At, _ = time.Parse(time.RFC1123Z, d[0])
	}
	for _, p := range msg.GetParts() {
		body, err := p.GetContent()
		if err != nil {
			return k, err
		}
		if p.GetContentType() == gomail.TypeTextPlain {
			k.Text = string(body)
		} else {
			k.HTML = string(body)
		}
	}
	return k, nil
}
