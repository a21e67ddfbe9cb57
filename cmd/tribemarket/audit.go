package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"tribemarket/models/db"
)

func auditCommand() *cobra.Command {
	c := &cobra.Command{Use: "audit", Short: "The audit log of security events and of administrators' steps"}
	var head string
	verify := &cobra.Command{
		Use: "verify", Short: "Walk the chain over the audit log and name its first broken line", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return verifyAudit(c, head) },
	}
	verify.Flags().StringVar(&head, "head", "", "SEQ:HASH that was printed or logged earlier; the chain must still hold it")
	c.AddCommand(verify)
	return c
}

func verifyAudit(c *cobra.Command, head string) (err error) {
	var earlier db.AuditHead
	if head != "" {
		if earlier, err = db.ParseAuditHead(head); err != nil {
			return fmt.Errorf("--head: %w", err)
		}
	}
	cfg, err := loadSettings("")
	if err != nil {
		return err
	}
	d, err := db.Open(c.Context(), cfg.DatabaseURL)
	if err != nil {
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	v, err := d.VerifyAuditChain(c.Context(), earlier)
	if err != nil {
		return err
	}
	return printVerdict(c.OutOrStdout(), v)
}

// printVerdict fails with the first broken line, so that the program ends with 1.
func printVerdict(out io.Writer, v db.AuditVerdict) error {
	fmt.Fprintf(out, "lines that hold: %d\nnot sealed yet: %d\n", v.Head.Seq, v.Unsealed)
	if !v.Holds() {
		return fmt.Errorf("the audit log is broken at line %d: %s", v.Broken, v.Why)
	}
	if v.Head.Seq > 0 {
		fmt.Fprintf(out, "head: %s\n", v.Head)
	}
	return nil
}
