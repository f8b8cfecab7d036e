package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// FileName is the name of the settings file in the working directory and in the
// user's configuration folder.
const FileName = "parley.yaml"

// find returns the settings file to read: the one asked for, else the one in the
// working directory, else the one in the folder parley of the user's
// configuration folder, else "".
func find(asked string) (string, error) {
	if asked != "" {
		return asked, nil
	}
	places := []string{FileName}
	if dir, err := os.UserConfigDir(); err == nil {
		places = append(places, filepath.Join(dir, "parley", FileName))
	}
	for _, p := range places {
		_, err := os.Stat(p)
		if err == nil {
			return p, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return "", nil
}

// readFile returns the settings of the YAML file at path, each with its line.
func readFile(path string) ([]setting, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("%s: %s", path, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if err := d.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: more than one document, want one", path)
	}
	return readSections(path, doc.Content[0])
}

func readSections(path string, root *yaml.Node) ([]setting, error) {
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d: the file is not a mapping, want sections such as %q", path, root.Line, "loader:")
	}
	var all []setting
	seen := map[string]bool{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		name, body := root.Content[i], root.Content[i+1]
		switch {
		case names(name.Value) == "" || name.Value == "":
			return nil, fmt.Errorf("%s:%d: unknown key %q, want %s", path, name.Line, name.Value, names(""))
		case seen[name.Value]:
			return nil, fmt.Errorf("%s:%d: key %q is there twice", path, name.Line, name.Value)
		case body.Kind == yaml.ScalarNode && body.Tag == "!!null":
			continue
		case body.Kind != yaml.MappingNode:
			return nil, fmt.Errorf("%s:%d: %s is %q, want a mapping of %s", path, body.Line, name.Value, body.Value, names(name.Value))
		}
		seen[name.Value] = true
		settings, err := readSection(path, name.Value, body)
		if err != nil {
			return nil, err
		}
		all = append(all, settings...)
	}
	return all, nil
}

func readSection(path, section string, body *yaml.Node) ([]setting, error) {
	var all []setting
	seen := map[string]bool{}
	for i := 0; i+1 < len(body.Content); i += 2 {
		name, value := body.Content[i], body.Content[i+1]
		k, ok := findKey(section + "." + name.Value)
		if !ok {
			return nil, fmt.Errorf("%s:%d: unknown key %q, want %s", path, name.Line, section+"."+name.Value, names(section))
		}
		if seen[name.Value] {
			return nil, fmt.Errorf("%s:%d: key %q is there twice", path, name.Line, k.name)
		}
		seen[name.Value] = true
		from := Source{Layer: "file", Name: path, Line: value.Line}
		if !k.kind.takes(value) {
			return nil, &Error{from, fmt.Errorf("%s is %s, want %s", k.name, show(value), k.kind)}
		}
		v, err := k.kind.parse(value.Value)
		if err != nil {
			return nil, &Error{from, &FieldError{k.name, value.Value, k.kind.String()}}
		}
		all = append(all, setting{k, v, from})
	}
	return all, nil
}

// takes reports whether n has a type that a setting of kind k is written in.
func (k kind) takes(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode {
		return false
	}
	switch k {
	case integer:
		return n.Tag == "!!int"
	case number:
		return n.Tag == "!!int" || n.Tag == "!!float"
	case truth:
		return n.Tag == "!!bool"
	}
	return n.Tag == "!!str"
}

// show returns n as a message names it.
func show(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	return fmt.Sprintf("%q", n.Value)
}
