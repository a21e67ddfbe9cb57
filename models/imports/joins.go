// Joins: the list of imports names who uploaded each file.

package imports

const importLines = `SELECT i.id, i.public_id, i.person_id, i.file_name, i.size, i.state, i.dry_run, i.report, i.created_at, p.name AS person
	FROM imports i JOIN people p ON p.id = i.person_id
	WHERE i.state <> 'receiving' AND (i.id < ? OR ? = 0) ORDER BY i.id DESC LIMIT ?`
