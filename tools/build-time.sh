#!/bin/sh
# SPDX-License-Identifier: MIT
# Prints the build date in Unix seconds: SOURCE_DATE_EPOCH, else the newest commit's date, else the
# date of the newest CHANGELOG entry. Never the builder's clock: builds reproduce, and a wrong clock
# must not become a witness against a right one.
if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
    echo "$SOURCE_DATE_EPOCH"
elif t=$(git log -1 --format=%ct 2>/dev/null) && [ -n "$t" ]; then
    echo "$t"
else
    d=$(sed -n 's/^## .*\([0-9]\{4\}-[0-9][0-9]-[0-9][0-9]\).*/\1/p' CHANGELOG.md 2>/dev/null | head -n 1)
    date -u -d "${d:-2026-11-20}" +%s 2>/dev/null || echo 1795132800
fi
