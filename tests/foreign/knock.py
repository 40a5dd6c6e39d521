"""knock.py - a web server that notes who knocks. Arguments: the file for the notes, the folder that it
serves, then ADDRESS:PORT ...; `/to?URL` sends on to URL. A line for each connection: ADDRESS:PORT.
Standard library only.
SPDX-License-Identifier: MIT
"""
import http.server
import os
import sys
import threading

notes, folder, *places = sys.argv[1:]
lock = threading.Lock()


class Door(http.server.BaseHTTPRequestHandler):
    def setup(self):
        super().setup()
        with lock, open(notes, "a") as out:
            print("%s:%d" % self.request.getsockname()[:2], file=out)

    def do_GET(self):
        path, _, onward = self.path.partition("?")
        file = os.path.join(folder, os.path.basename(path))
        if onward:
            self.send_response(302)
            self.send_header("Location", onward)
            self.end_headers()
        elif os.path.isfile(file):
            with open(file, "rb") as f:
                body = f.read()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


for place in places:
    host, port = place.rsplit(":", 1)
    server = http.server.ThreadingHTTPServer((host, int(port)), Door)
    threading.Thread(target=server.serve_forever).start()
