package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// checkpoint is the state of a training between two epochs.
type checkpoint struct {
	Step, Epoch int
	Best        float64
	Tensors     []savedTensor
}

type savedTensor struct {
	Name                       string
	Value, First, Second, Mean []float32
}

// save writes the checkpoint, so that a crash leaves the old or the new one.
func (t *trainer) save() error {
	path := t.options.Checkpoint
	if path == "" {
		return nil
	}
	c := checkpoint{Step: t.step, Epoch: t.epoch, Best: t.best}
	for _, x := range t.net.all {
		c.Tensors = append(c.Tensors, savedTensor{x.name, x.value, x.first, x.second, x.mean})
	}
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(c); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// resume takes up the checkpoint, if there is one.
func (t *trainer) resume() error {
	path := t.options.Checkpoint
	if path == "" {
		return nil
	}
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	var c checkpoint
	if err := gob.NewDecoder(f).Decode(&c); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	if len(c.Tensors) != len(t.net.all) {
		return fmt.Errorf("%s is of another network", path)
	}
	for i, x := range t.net.all {
		saved := c.Tensors[i]
		if saved.Name != x.name || len(saved.Value) != len(x.value) {
			return fmt.Errorf("%s is of another network: table %q", path, saved.Name)
		}
		x.value, x.first, x.second, x.mean = saved.Value, saved.First, saved.Second, saved.Mean
	}
	t.step, t.epoch, t.best = c.Step, c.Epoch, c.Best
	return nil
}
