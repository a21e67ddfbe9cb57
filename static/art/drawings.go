package art

import "strings"

var works = []Drawing{
	work("lipsticks", "beautytok"),
	work("palette", "beautytok cosplaytok arttok"),
	work("serum", "skintok beautytok hairtok wellnesstok"),
	work("compact", "beautytok cosplaytok"),
	work("polish", "nailtok beautytok arttok"),
	work("soaps", "skintok wellnesstok crafttok asmrtok"),
	work("onepan", "foodtok parenttok"),
	work("noodles", "foodtok"),
	work("loaf", "foodtok parenttok"),
	work("citrus", "foodtok wellnesstok"),
	work("coffee", "foodtok vlogtok coupletok comedytok booktok newstok biztok"),
	work("cake", "foodtok parenttok coupletok"),
	work("headphones", "musictok techtok dancetok kpoptok asmrtok reacttok"),
	work("keyboard", "techtok gametok musictok edittok animetok"),
	work("phone", "techtok edittok comedytok vlogtok filmtok financetok newstok reacttok biztok kpoptok"),
	work("camera", "phototok techtok filmtok traveltok vlogtok edittok cartok skatetok reacttok"),
	work("controller", "gametok animetok comedytok toytok reacttok"),
	work("books", "booktok learntok sciencetok financetok animetok magictok"),
	work("reading", "booktok learntok sciencetok newstok animetok horrortok filmtok"),
	work("monstera", "planttok hometok"),
	work("cacti", "planttok hometok arttok"),
	work("tulips", "planttok hometok coupletok phototok"),
	work("sneaker", "fashiontok sporttok dancetok fittok outdoortok footballtok skatetok kpoptok"),
	work("kettlebell", "fittok sporttok footballtok wellnesstok"),
	work("bag", "fashiontok traveltok biztok"),
	work("cat", "pettok comedytok horrortok"),
	work("dog", "pettok outdoortok parenttok toytok"),
	work("armchair", "hometok diytok comedytok reacttok"),
	work("bedroom", "hometok parenttok vlogtok"),
	work("kitchen", "hometok foodtok diytok"),
	work("desk", "techtok hometok learntok edittok financetok biztok sciencetok newstok"),
	work("suitcase", "traveltok outdoortok coupletok vlogtok cartok biztok"),
	work("yarn", "crafttok diytok arttok toytok asmrtok"),
	work("pot", "foodtok hometok"),
	work("perfume", "beautytok fashiontok"),
	work("cream", "skintok beautytok hairtok nailtok"),
	work("brushes", "beautytok hairtok cosplaytok arttok asmrtok"),
	work("mask", "skintok wellnesstok hairtok"),
	work("candle", "hometok wellnesstok crafttok magictok horrortok asmrtok"),
	work("bath", "hometok skintok wellnesstok"),
}

func work(name, tribes string) Drawing { return Drawing{Name: name, Tribes: strings.Fields(tribes)} }

var faces = []Drawing{
	{Name: "face-01"},
	{Name: "face-02"},
	{Name: "face-03"},
	{Name: "face-04"},
	{Name: "face-05"},
	{Name: "face-06"},
	{Name: "face-07"},
	{Name: "face-08"},
	{Name: "face-09"},
	{Name: "face-10"},
	{Name: "face-11"},
	{Name: "face-12"},
}

var signs = []Drawing{
	{Name: "sign-pot"},
	{Name: "sign-leaf"},
	{Name: "sign-moon"},
	{Name: "sign-bars"},
	{Name: "sign-soap"},
	{Name: "sign-diamond"},
}
