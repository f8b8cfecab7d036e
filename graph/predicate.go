package graph

import "slices"

// Predicate is the kind of a claim. The names are stored, served and exported;
// see doc/model.md.
type Predicate string

// The predicates, subject to object.
const (
	Mediated        Predicate = "mediated"
	Guaranteed      Predicate = "guaranteed"
	Observed        Predicate = "observed"
	Hosted          Predicate = "hosted"
	ParticipatedIn  Predicate = "participatedIn"
	InvitedTo       Predicate = "invitedTo"
	HeldIn          Predicate = "heldIn"
	SignedIn        Predicate = "signedIn"
	HeldOn          Predicate = "heldOn"
	StartedOn       Predicate = "startedOn"
	EndedOn         Predicate = "endedOn"
	SignedOn        Predicate = "signedOn"
	AgreedOn        Predicate = "agreedOn"
	EffectiveOn     Predicate = "effectiveOn"
	ExpiresOn       Predicate = "expiresOn"
	Outcome         Predicate = "outcome"
	LedTo           Predicate = "ledTo"
	Concerns        Predicate = "concerns"
	Signed          Predicate = "signed"
	AgreedTo        Predicate = "agreedTo"
	Refused         Predicate = "refused"
	Violated        Predicate = "violated"
	WithdrewFrom    Predicate = "withdrewFrom"
	Suspended       Predicate = "suspended"
	Proposed        Predicate = "proposed"
	Accepted        Predicate = "accepted"
	Rejected        Predicate = "rejected"
	Considered      Predicate = "considered"
	ProposedTo      Predicate = "proposedTo"
	Demanded        Predicate = "demanded"
	Provides        Predicate = "provides"
	PartOf          Predicate = "partOf"
	Leads           Predicate = "leads"
	MemberOf        Predicate = "memberOf"
	Represents      Predicate = "represents"
	SpokespersonFor Predicate = "spokespersonFor"
	HoldsPosition   Predicate = "holdsPosition"
	MetWith         Predicate = "metWith"
	SpokeWith       Predicate = "spokeWith"
	Supported       Predicate = "supported"
	Accused         Predicate = "accused"
	Threatened      Predicate = "threatened"
	Attacked        Predicate = "attacked"
	Sanctioned      Predicate = "sanctioned"
	Released        Predicate = "released"
	Aided           Predicate = "aided"
	BasedIn         Predicate = "basedIn"
	LocatedIn       Predicate = "locatedIn"
	AuthorPredicate Predicate = "author"
	PublishedBy     Predicate = "publishedBy"
	PublishedOn     Predicate = "publishedOn"
)

// The values that the object of [Outcome] takes.
const (
	OutcomeAgreement   = "agreement"
	OutcomeNoAgreement = "no agreement"
	OutcomeSuspended   = "suspended"
	OutcomePostponed   = "postponed"
	OutcomeCollapsed   = "collapsed"
	OutcomeOngoing     = "ongoing"
)

// Info says what a predicate links.
type Info struct {
	Predicate Predicate
	From      []Type
	To        []Type // empty if only a literal will do
	Literal   string // datatype of a literal object, or "" if only a thing will do
	Symmetric bool   // the claim holds the other way round as well
	Phrase    string // between subject and object in a plain sentence: "mediated", "was held in"
}

var (
	actors = []Type{Person, Organisation, State, Group}
	events = []Type{Talks, Agreement}
	deals  = []Type{Agreement, Proposal}
	all    = []Type{Person, Organisation, State, Group, Place, Talks, Agreement, Proposal}
)

var predicates = []Info{
	{Mediated, actors, events, "", false, "mediated"},
	{Guaranteed, actors, events, "", false, "guaranteed"},
	{Observed, actors, events, "", false, "observed"},
	{Hosted, actors, events, "", false, "hosted"},
	{ParticipatedIn, actors, events, "", false, "took part in"},
	{InvitedTo, actors, events, "", false, "was invited to"},
	{HeldIn, []Type{Talks}, []Type{Place, State}, "", false, "was held in"},
	{SignedIn, []Type{Agreement}, []Type{Place, State}, "", false, "was signed in"},
	{HeldOn, []Type{Talks}, nil, "date", false, "was held on"},
	{StartedOn, events, nil, "date", false, "started on"},
	{EndedOn, events, nil, "date", false, "ended on"},
	{SignedOn, []Type{Agreement}, nil, "date", false, "was signed on"},
	{AgreedOn, []Type{Agreement}, nil, "date", false, "was agreed on"},
	{EffectiveOn, []Type{Agreement}, nil, "date", false, "took effect on"},
	{ExpiresOn, []Type{Agreement}, nil, "date", false, "expires on"},
	{Outcome, []Type{Talks}, nil, "string", false, "ended in"},
	{LedTo, []Type{Talks}, []Type{Agreement}, "", false, "led to"},
	{Concerns, []Type{Talks, Agreement, Proposal}, all, "string", false, "concerns"},
	{Signed, actors, []Type{Agreement}, "", false, "signed"},
	{AgreedTo, actors, []Type{Agreement, Talks, Proposal}, "", false, "agreed to"},
	{Refused, actors, []Type{Talks, Agreement, Proposal}, "string", false, "refused"},
	{Violated, actors, events, "", false, "violated"},
	{WithdrewFrom, actors, []Type{Talks, Agreement, Organisation, State, Place}, "", false, "withdrew from"},
	{Suspended, actors, events, "", false, "suspended"},
	{Proposed, actors, deals, "", false, "proposed"},
	{Accepted, actors, deals, "", false, "accepted"},
	{Rejected, actors, []Type{Agreement, Proposal, Talks}, "", false, "rejected"},
	{Considered, actors, deals, "", false, "considered"},
	{ProposedTo, []Type{Proposal}, actors, "", false, "was proposed to"},
	{Demanded, actors, []Type{Proposal}, "string", false, "demanded"},
	{Provides, deals, nil, "string", false, "provides for"},
	{PartOf, all, all, "", false, "is part of"},
	{Leads, []Type{Person}, []Type{Organisation, State, Group, Talks}, "", false, "leads"},
	{MemberOf, actors, []Type{Organisation, Group, State}, "", false, "is a member of"},
	{Represents, actors, actors, "", false, "represents"},
	{SpokespersonFor, []Type{Person, Group}, actors, "", false, "speaks for"},
	{HoldsPosition, []Type{Person}, nil, "string", false, "holds the post of"},
	{MetWith, actors, actors, "", true, "met"},
	{SpokeWith, actors, actors, "", true, "spoke with"},
	{Supported, actors, all, "string", false, "supported"},
	{Accused, actors, actors, "string", false, "accused"},
	{Threatened, actors, all, "string", false, "threatened"},
	{Attacked, actors, all, "string", false, "attacked"},
	{Sanctioned, actors, all, "string", false, "sanctioned"},
	{Released, actors, all, "string", false, "released"},
	{Aided, actors, all, "string", false, "aided"},
	{BasedIn, actors, []Type{Place, State}, "", false, "is based in"},
	{LocatedIn, []Type{Place}, []Type{Place, State}, "", false, "is located in"},
	{AuthorPredicate, []Type{ArticleType}, []Type{Person}, "", false, "was written by"},
	{PublishedBy, []Type{ArticleType}, []Type{Outlet}, "", false, "was published by"},
	{PublishedOn, []Type{ArticleType}, nil, "date", false, "was published on"},
}

// Predicates lists what every predicate links, in the order of the model.
func Predicates() []Info { return slices.Clone(predicates) }

// Info returns what p links; ok is false if the model has no such predicate.
func (p Predicate) Info() (info Info, ok bool) {
	for i := range predicates {
		if predicates[i].Predicate == p {
			return predicates[i], true
		}
	}
	return Info{}, false
}

func (i Info) takesSubject(t Type) bool { return slices.Contains(i.From, t) }

func (i Info) takesObject(o Object) bool {
	if o.IsLiteral() {
		return i.Literal == o.Datatype
	}
	return slices.Contains(i.To, o.ID.Type())
}
