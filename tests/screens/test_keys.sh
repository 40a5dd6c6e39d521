#!/bin/sh
# Every key that stands on a page does something, pressed in the real program (keys.py): what the
# model does by itself is in unit/test_grids.c for every state; here is what the program must do.
# SPDX-License-Identifier: MIT
cd "$(dirname "$0")/../.." || exit 1
. tests/lib.sh

cases=tests/golden/cases

# page NAME SCRIPT [ARGUMENTS...]: the script leads to the page; ";" ends a line.
page() {
    keys_name=$1 keys_script=$2
    shift 2
    check "$keys_name: each key does something" "$PYTHON" tests/screens/keys.py "$keys_name" \
        "clock 1795000000;$keys_script" "$WHYTLS" "$@"
}

saved=$cases/missing-intermediate.json
page welcome 'type shop.example;wait text:check shop.example'
page lab 'key esc;key 3;wait page:lab'
page cases 'key f2;wait text:There are none yet'
page settings 'key f9;wait page:settings'
page answer 'wait page:answer' open $saved
page step 'key 6;wait page:step' open $saved
page tree 'key t;wait page:tree' open $saved
page details 'key d;wait page:details' open $saved
page compare 'key c;wait page:compare' open $saved
page save 'key s;wait page:save' open $saved
page help 'key ?;wait page:help' open $saved
page question 'key 8;wait text:Please tell us' open $cases/refused.json
page 'asking' 'wait text:Stop' lab silent --timeout 60
page 'asked' 'wait done;key r;wait page:answer' lab refused
claim_ports
port=$(free_ports 1) # where nobody is: a case that is not practice
page leave 'wait done;key r;wait page:answer;key q;wait page:leave' "127.0.0.1:$port"

finish
