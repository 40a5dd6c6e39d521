// serve.js - Node's HTTPS and HTTP/2 servers. Arguments: MODE:PORT:CHAIN:KEY[:CA] ...
// MODE: https, alpn (https that offers http/1.1 by ALPN), h2 (HTTP/2 and nothing else), cards (https
// that wants a certificate of the user's, by this CA).
// SPDX-License-Identifier: MIT
'use strict';
const fs = require('fs');
const https = require('https');
const http2 = require('http2');

const answer = (request, response) => response.end('ok\n');

for (const word of process.argv.slice(2)) {
    const [mode, port, chain, key, ca] = word.split(':');
    const options = { cert: fs.readFileSync(chain), key: fs.readFileSync(key) };
    if (mode === 'alpn')
        options.ALPNProtocols = ['http/1.1'];
    if (mode === 'cards')
        Object.assign(options, { ca: fs.readFileSync(ca), requestCert: true });
    const server = mode === 'h2' ? http2.createSecureServer(options, answer)
        : https.createServer(options, answer);
    server.on('tlsClientError', () => {});
    server.on('sessionError', () => {});
    server.listen(Number(port), '127.0.0.1');
}
