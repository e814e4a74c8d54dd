//go:build tools

// Package kwok only pins the version of kwok, the simulated nodes and kubelets of the real control plane. It is a module
// of its own, because kwok needs other versions of Kubernetes' libraries.
package kwok

import (
	_ "sigs.k8s.io/kwok/cmd/kwok"
)
