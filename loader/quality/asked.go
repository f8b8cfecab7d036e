package quality

import (
	"fmt"
	"slices"
)

// Outcome says how the answers to a question compare with the gold's.
type Outcome string

// The outcomes.
const (
	AllRight    Outcome = "right"      // all the answers of the gold and no others
	PartlyRight Outcome = "partly"     // some of them, or others as well
	AllWrong    Outcome = "wrong"      // none of them, but others
	Unanswered  Outcome = "unanswered" // no answer
)

// Asked counts the answers to questions.
type Asked struct {
	Questions                        int
	Right, Partly, Wrong, Unanswered int
	Answers, RightAnswers, Spurious  int // single answers: in the gold, found of these, and given that are not in it
	OnlyRight                        int // questions with at least one right answer and no other
}

// Add compares the answers to q, each a thing's names, with the gold's.
func (a *Asked) Add(q *Question, answers [][]string) Outcome {
	found, spurious := 0, 0
	for _, want := range q.Answers {
		if slices.ContainsFunc(answers, func(names []string) bool { return Same(want, names) }) {
			found++
		}
	}
	for _, names := range answers {
		if !slices.ContainsFunc(q.Answers, func(want string) bool { return Same(want, names) }) {
			spurious++
		}
	}
	a.Questions++
	a.Answers += len(q.Answers)
	a.RightAnswers += found
	a.Spurious += spurious
	if found > 0 && spurious == 0 {
		a.OnlyRight++
	}
	switch {
	case len(answers) == 0:
		a.Unanswered++
		return Unanswered
	case found == 0:
		a.Wrong++
		return AllWrong
	case found == len(q.Answers) && spurious == 0:
		a.Right++
		return AllRight
	}
	a.Partly++
	return PartlyRight
}

// String returns the counts in one line.
func (a *Asked) String() string {
	p := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	return fmt.Sprintf("%d questions: right %d (%.0f %%), partly %d (%.0f %%), wrong %d (%.0f %%), unanswered %d (%.0f %%); single answers: %d of %d found (%.0f %%), %d beside them; only right ones %d (%.0f %%)",
		a.Questions, a.Right, p(a.Right, a.Questions), a.Partly, p(a.Partly, a.Questions), a.Wrong, p(a.Wrong, a.Questions),
		a.Unanswered, p(a.Unanswered, a.Questions), a.RightAnswers, a.Answers, p(a.RightAnswers, a.Answers), a.Spurious, a.OnlyRight, p(a.OnlyRight, a.Questions))
}
