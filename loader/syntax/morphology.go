package syntax

// Morphology returns the features that a Penn tag tells of a word, as Universal
// Dependencies write them in the sixth column: "Number=Plur" for NNS. It is "_"
// for a tag that tells none.
func Morphology(xpos string) string {
	switch xpos {
	case "NN", "NNP":
		return "Number=Sing"
	case "NNS", "NNPS":
		return "Number=Plur"
	case "VBD":
		return "Mood=Ind|Tense=Past|VerbForm=Fin"
	case "VBZ":
		return "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"
	case "VBP":
		return "Mood=Ind|Tense=Pres|VerbForm=Fin"
	case "VB":
		return "VerbForm=Inf"
	case "VBG":
		return "VerbForm=Ger"
	case "VBN":
		return "Tense=Past|VerbForm=Part"
	case "MD":
		return "VerbForm=Fin"
	case "JJ":
		return "Degree=Pos"
	case "JJR", "RBR":
		return "Degree=Cmp"
	case "JJS", "RBS":
		return "Degree=Sup"
	case "CD":
		return "NumType=Card"
	case "PRP$":
		return "Poss=Yes|PronType=Prs"
	case "PRP":
		return "PronType=Prs"
	case "WP", "WDT", "WRB", "WP$":
		return "PronType=Int,Rel"
	}
	return "_"
}
