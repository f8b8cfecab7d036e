package grammar

// echoes appends to the functions of i, a verb or a nominal predicate, the subjects
// of clauses that only say that somebody else did or was the same: "A signed, as
// did B", "A and B were observers; so was C".
func (t *Tree) echoes(out []Arg, i int) []Arg {
	for _, k := range t.kids[i] {
		switch t.Base(k) {
		case "advcl", "parataxis", "conj":
		default:
			continue
		}
		if k < i || !t.isEcho(k) {
			continue
		}
		want := Subject
		if t.IsVerb(i) && t.IsPassive(i) {
			want = Object
		}
		who := k // "so was the minister": the minister is what parsers take for the predicate
		if t.IsVerb(k) {
			if who = t.Kid(k, "nsubj", "obj"); who < 0 {
				continue
			}
		}
		for _, a := range t.filler(want, who, t.Rel(k), k) {
			a.Path, a.Steps = "echo", 2
			out = append(out, a)
		}
	}
	return out
}

// isEcho reports whether clause k says no more than "so did" or "as was".
func (t *Tree) isEcho(k int) bool {
	if t.IsVerb(k) {
		switch t.Lemma(k) {
		case "do", "be", "have":
		default:
			return false
		}
	} else if t.Kid(k, "cop") < 0 || t.Kid(k, "nsubj") >= 0 {
		return t.IsNoun(k) && t.isInverted(k)
	}
	from, _ := t.Span(k, func(j int) bool { return t.Base(j) == "punct" })
	if f := t.Form(from); f != "so" && f != "as" && f != "likewise" {
		return false
	}
	for _, j := range t.kids[k] {
		switch t.Base(j) {
		case "xcomp", "ccomp":
			return false
		case "obj":
			if t.Kid(k, "nsubj") >= 0 {
				return false // "as he did his best"
			}
		}
	}
	return true
}

// isInverted reports whether "; so was" stands directly before noun phrase k, however
// the parser joined its words.
func (t *Tree) isInverted(k int) bool {
	from, _ := t.Span(k, func(j int) bool { return t.Base(j) == "punct" })
	if from < 3 || t.UPOS(from-1) != "AUX" && t.Lemma(from-1) != "do" {
		return false
	}
	return (t.Form(from-2) == "so" || t.Form(from-2) == "as") && (t.Form(from-3) == ";" || t.Form(from-3) == "," || t.Form(from-3) == "and")
}
