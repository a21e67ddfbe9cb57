package privacy

import "gorm.io/gorm"

// KindsByColumn are the columns whose keys the export names.
var KindsByColumn = kindsByColumn

// TryNames runs every statement that names rows, and returns what each names by key 1.
func TryNames(q *gorm.DB, parameters map[string]any) (map[string]string, error) {
	all := map[string]string{}
	for kind, statement := range namesByKind {
		names, err := readNames(q, statement, []int64{1, 2}, parameters)
		if err != nil {
			return nil, err
		}
		if n, ok := names[1]; ok {
			all[kind] = n.Public + "|" + n.Name
		}
	}
	return all, nil
}
