package graph_test

import "testing"

func TestSmoke(t *testing.T) {}
