// programs_go.go - for test_programs.sh: what Go makes of each server. "ID yes" or "ID no".
// Arguments: file with the authority, name, PORT=ID ...
// SPDX-License-Identifier: MIT
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strings"
)

func main() {
	pem, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	config := &tls.Config{ServerName: os.Args[2], RootCAs: roots}
	for _, one := range os.Args[3:] {
		at := strings.SplitN(one, "=", 2)
		accepts := "no"
		if c, err := tls.Dial("tcp", "127.0.0.1:"+at[0], config); err == nil {
			accepts = "yes"
			c.Close()
		}
		fmt.Println(at[1], accepts)
	}
}
