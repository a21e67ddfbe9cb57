package paths

// AdminImports lists imports, and takes a file (POST).
func AdminImports() string { return "/admin/imports" }

// AdminImport is an import.
func AdminImport(id string) string { return AdminImports() + "/" + esc(id) }

// AdminImportColumns keeps what its columns are (POST).
func AdminImportColumns(id string) string { return AdminImport(id) + "/columns" }

// AdminImportDryRun checks all its rows (POST).
func AdminImportDryRun(id string) string { return AdminImport(id) + "/dry-run" }

// AdminImportRun imports it (POST).
func AdminImportRun(id string) string { return AdminImport(id) + "/run" }

// AdminImportRemoval deletes it (POST).
func AdminImportRemoval(id string) string { return AdminImport(id) + "/removal" }

// AdminImportReport is what it says of its rows, as a file.
func AdminImportReport(id string) string { return AdminImport(id) + "/report" }
