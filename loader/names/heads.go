package names

import "strings"

// A head noun tells what a name is: the last word of "Lomé Peace Accord", the
// first of "Ministry of Justice".

// lastHead returns the class that a name which ends in word, a head noun, is of.
func lastHead(word string) (c Class, ok bool) {
	switch strings.ToLower(word) {
	case "agreement", "agreements", "accord", "accords", "treaty", "pact", "protocol", "declaration", "memorandum",
		"charter", "armistice", "communique", "communiqué", "covenant", "compact", "roadmap", "concordat", "entente":
		return Agreement, true
	case "war", "wars", "summit", "conference", "election", "elections", "referendum", "revolution", "uprising", "intifada", "crisis",
		"congress of vienna", "olympics", "games", "massacre", "genocide", "offensive", "rebellion", "mutiny", "coup", "convention",
		"festival", "championship", "championships", "cup":
		return Event, true
	case "party", "front", "movement", "army", "union", "ministry", "council", "committee", "commission", "organisation",
		"organization", "authority", "bank", "agency", "association", "university", "institute", "company", "corp", "corp.", "inc",
		"inc.", "ltd", "ltd.", "plc", "group", "league", "federation", "confederation", "alliance", "coalition", "brigade", "brigades",
		"corps", "forces", "guard", "guards", "parliament", "senate", "congress", "assembly", "court", "tribunal", "department",
		"bureau", "board", "foundation", "fund", "trust", "society", "club", "church", "school", "college", "academy", "mission",
		"secretariat", "directorate", "command", "police", "service", "initiative", "community", "network", "institution", "centre",
		"center", "times", "post", "news", "radio", "television", "tigers", "militia", "battalion", "regiment", "division", "squadron",
		"navy", "administration", "legislature", "duma", "politburo", "syndicate", "cooperative", "airlines", "airways", "motors",
		"holdings", "partners", "industries", "systems", "bundestag", "knesset", "resources", "mining", "mines", "energy", "coaches", "railways", "shipping", "petroleum", "telecom",
		"bureaux", "steel", "volunteers", "partnership", "campaign", "taskforce", "guild", "bloc", "junta", "legion", "consortium", "caucus",
		"militias", "resistance", "confederacy", "tribe", "diocese", "inspectorate", "oil", "fm", "herald", "gazette",
		"tribune", "broadcasting":
		return Organisation, true
	case "palace", "hotel", "street", "avenue", "road", "river", "lake", "sea", "ocean", "airport", "airfield", "island", "islands",
		"province", "county", "district", "governorate", "region", "state", "valley", "mountain", "mountains", "peninsula", "strait",
		"straits", "gulf", "bay", "desert", "camp", "castle", "chateau", "château", "square", "bridge", "port", "border", "hills", "heights",
		"canal", "channel", "cape", "coast", "delta", "oasis", "village", "town", "city", "crossing", "corridor", "barracks", "prison", "cathedral":
		return Location, true
	}
	return 0, false
}

// isCompany reports whether word ends the name of a company.
func isCompany(word string) bool {
	switch word {
	case "AB", "Oyj", "Oy", "LLP", "LLC", "Ltd", "Ltd.", "Inc", "Inc.", "Corp", "Corp.", "plc", "PLC", "GmbH", "AG", "NV", "N.V.", "SA", "S.A.", "SpA", "Bhd", "ASA", "KG", "BV":
		return true
	}
	return false
}

// firstHead returns the class of a name that begins with word and goes on with
// "of" or "for": "Ministry of Justice", "Treaty of Guarantee".
func firstHead(word string) (c Class, ok bool) {
	switch strings.ToLower(word) {
	case "treaty", "declaration", "memorandum", "protocol", "charter", "act", "instrument", "covenant", "accord", "agreement", "convention":
		return Agreement, true
	case "battle", "siege", "war", "conference":
		return Event, true
	case "gulf", "bay", "strait", "straits", "cape", "province", "isle", "sea", "lake", "mount", "principality", "county", "port":
		return Location, true
	case "ministry", "department", "office", "university", "bank", "union", "front", "party", "movement", "association", "federation",
		"confederation", "league", "council", "committee", "commission", "institute", "organisation", "organization", "army", "forces",
		"alliance", "congress", "court", "house", "board", "bureau", "society", "centre", "center", "community", "coalition", "church",
		"academy", "school", "college", "directorate", "secretariat", "assembly", "government", "chamber", "foundation", "group", "brotherhood",
		"initiative", "forum", "group of", "joint", "coordination", "network", "agency", "authority", "fund":
		return Organisation, true
	}
	return 0, false
}
