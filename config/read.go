package config

import (
	"errors"
	"fmt"

	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/viper"
)

// Flag is a setting given on the command line.
type Flag struct {
	Name  string // of the flag, without hyphens: "workers"
	Key   string // that it sets: "loader.workers"
	Value string
}

// Source is the layer that a value came from.
type Source struct {
	Layer string `json:"layer"`          // "default", "file", "environment" or "flag"
	Name  string `json:"name,omitempty"` // of the file, the variable or the flag
	Line  int    `json:"line,omitempty"` // in the file, from 1
}

// String returns s as messages name it: "parley.yaml:3", "PARLEY_LOG_LEVEL", "--workers".
func (s Source) String() string {
	switch s.Layer {
	case "file":
		return fmt.Sprintf("%s:%d", s.Name, s.Line)
	case "flag":
		return "--" + s.Name
	case "environment":
		return s.Name
	}
	return s.Layer
}

// Error is a setting that a layer gives and that is refused.
type Error struct {
	From Source
	Err  error // names key, value and what was wanted
}

// Error returns the layer and the cause.
func (e *Error) Error() string { return e.From.String() + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Value is one effective setting.
type Value struct {
	Key    string `json:"key"`
	Value  any    `json:"value"` // string, int or float64; a duration is a string such as "30s"
	Source Source `json:"source"`
}

// setting is a value that a layer gives.
type setting struct {
	key   key
	value any
	from  Source
}

// Read returns the effective settings, and every one of them with the layer it
// came from in a fixed order. Later layers win: defaults, the settings file,
// PARLEY_* variables, flags.
//
// File is the settings file to read; if it is "", parley.yaml in the working
// directory is, or else the one in the folder parley of the user's configuration
// folder, and having neither is no error. Environ is as [os.Environ] returns it.
//
// An unknown key, a value of the wrong type and one out of range are errors that
// name the layer, the key, the value and what was wanted; a value that is refused
// is an [*Error].
func Read(file string, environ []string, flags []Flag) (Config, []Value, error) {
	path, err := find(file)
	if err != nil {
		return Config{}, nil, err
	}
	var layers []setting
	if path != "" {
		if layers, err = readFile(path); err != nil {
			return Config{}, nil, err
		}
	}
	env, err := readEnviron(environ)
	if err != nil {
		return Config{}, nil, err
	}
	given, err := readFlags(flags)
	if err != nil {
		return Config{}, nil, err
	}
	return merge(slices.Concat(layers, env, given))
}

// merge lays settings, lowest layer first, over the defaults.
func merge(settings []setting) (Config, []Value, error) {
	v := viper.New()
	from := map[string]Source{}
	for _, k := range keys() {
		v.SetDefault(k.name, k.of(Default()))
		from[k.name] = Source{Layer: "default"}
	}
	for _, s := range settings {
		v.Set(s.key.name, s.value)
		from[s.key.name] = s.from
	}
	var c Config
	if err := v.UnmarshalExact(&c); err != nil {
		return Config{}, nil, err
	}
	if err := c.Valid(); err != nil {
		if fe := (*FieldError)(nil); errors.As(err, &fe) {
			return Config{}, nil, &Error{from[fe.Key], err}
		}
		return Config{}, nil, err
	}
	var values []Value
	for _, k := range keys() {
		value := k.of(c)
		if d, ok := value.(time.Duration); ok {
			value = d.String()
		}
		values = append(values, Value{k.name, value, from[k.name]})
	}
	return c, values, nil
}

// foreign matches variables that others set: the links that container platforms
// make for a service called parley, and what the tests read.
var foreign = regexp.MustCompile(`^PARLEY_TEST_|(_SERVICE_HOST|_SERVICE_PORT(_.*)?|_PORT(_\d+_.*)?)$`)

// readEnviron returns the settings of the PARLEY_* variables. One that is empty
// says nothing.
func readEnviron(environ []string) ([]setting, error) {
	byVariable := map[string]key{}
	for _, k := range keys() {
		byVariable[Variable(k.name)] = k
	}
	var all []setting
	for _, e := range slices.Sorted(slices.Values(environ)) {
		name, value, _ := strings.Cut(e, "=")
		if !strings.HasPrefix(name, "PARLEY_") || value == "" || foreign.MatchString(name) {
			continue
		}
		k, ok := byVariable[name]
		if !ok {
			return nil, fmt.Errorf("environment: unknown variable %q, want one that `parley config` lists, such as PARLEY_GRAPH_URL", name)
		}
		s, err := parse(k, value, Source{Layer: "environment", Name: name})
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func readFlags(flags []Flag) ([]setting, error) {
	var all []setting
	for _, f := range flags {
		k, ok := findKey(f.Key)
		if !ok {
			return nil, fmt.Errorf("--%s: unknown key %q", f.Name, f.Key)
		}
		s, err := parse(k, f.Value, Source{Layer: "flag", Name: f.Name})
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

func parse(k key, value string, from Source) (setting, error) {
	v, err := k.kind.parse(value)
	if err != nil {
		return setting{}, &Error{from, &FieldError{k.name, value, k.kind.String()}}
	}
	return setting{k, v, from}, nil
}
