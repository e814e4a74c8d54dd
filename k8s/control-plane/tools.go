//go:build tools

// Package controlplane only pins versions: the real Kubernetes that `--cluster control-plane` builds, and the module
// that the emulator's data (runner/sandbox/kube/data) is generated from.
package controlplane

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kube-scheduler"
	_ "k8s.io/kubernetes/cmd/kubectl"
)
