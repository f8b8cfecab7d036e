package pages

// ErrorView is what the template "error" shows.
type ErrorView struct {
	Status     int
	Title      string // of the status
	Heading    string // what happened, in words
	Detail     string
	Request    string // its id
	Parameters []Wanted
}

// Wanted says what was wrong with a parameter.
type Wanted struct{ Name, Want string }

// ErrorHeading returns what a status means to a reader.
func ErrorHeading(status int) string {
	switch status {
	case 400:
		return "That was not understood"
	case 404:
		return "Nothing is here"
	case 410:
		return "This was retracted"
	case 503:
		return "The graph is still being read"
	case 504:
		return "That took too long"
	}
	if status >= 500 {
		return "Something went wrong here"
	}
	return "That is not possible"
}
